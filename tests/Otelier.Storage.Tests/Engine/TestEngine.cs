using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Storage.Tests.Engine;

/// <summary>Where a test's engine keeps its data.</summary>
public enum EngineKind
{
    Disk,
    Memory,
}

/// <summary>
/// An engine of a test's own, empty at first. A process can have one data directory open at a time, so an engine
/// holds a process-wide lease until it is disposed: tests may run in any order and in parallel collections, they take turns
/// here. Opening takes some tens of milliseconds (0.7 s for the first in the process).
/// </summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private static readonly SemaphoreSlim _lease = new(1);

    private readonly string? _folder;
    private readonly ChdbOptions _options;

    private TestEngine(string? folder, ChdbOptions options)
    {
        _folder = folder;
        _options = options;
        Transport = ChdbTransport.Open(options, NullLogger.Instance);
    }

    internal ChdbTransport Transport { get; private set; }

    /// <summary>The data directory; only of an engine on disk.</summary>
    internal string Folder => _folder ?? throw new InvalidOperationException("An engine in memory has no folder.");

    internal bool IsOnDisk => _folder is not null;

    /// <summary>Waits for the engine before it to be closed and opens one.</summary>
    internal static async Task<TestEngine> OpenAsync(EngineKind kind, Func<ChdbOptions, ChdbOptions>? configure = null)
    {
        await _lease.WaitAsync(TestContext.Current.CancellationToken);
        var folder = kind == EngineKind.Disk ? Directory.CreateTempSubdirectory("otelier-engine-").FullName : null;
        try
        {
            var options = new ChdbOptions { DataDirectory = folder ?? ChdbOptions.InMemory, QueryConnections = 2 };
            return new TestEngine(folder, configure?.Invoke(options) ?? options);
        }
        catch
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
            _lease.Release();
            throw;
        }
    }

    /// <summary>Closes the engine, lets <paramref name="whileClosed"/> do something to its files, and opens it again.</summary>
    internal async Task ReopenAsync(Action? whileClosed = null)
    {
        await Transport.DisposeAsync();
        whileClosed?.Invoke();
        Transport = ChdbTransport.Open(_options, NullLogger.Instance);
    }

    internal Task ExecuteAsync(string sql) =>
        Transport.ExecuteAsync(SqlStatement.Unlimited(sql), TestContext.Current.CancellationToken);

    /// <summary>The answer's blocks, without limits.</summary>
    internal Task<List<NativeBlock>> QueryAsync(string sql, params SqlParameter[] parameters) =>
        Transport.ToListAsync(new SqlStatement(sql, parameters, QueryLimits.None));

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
        _lease.Release();
    }
}

internal static class TransportReading
{
    internal static async Task<List<NativeBlock>> ToListAsync(this IClickHouseTransport transport, SqlStatement statement)
    {
        var blocks = new List<NativeBlock>();
        await foreach (var block in transport.QueryAsync(statement, TestContext.Current.CancellationToken))
            blocks.Add(block);
        return blocks;
    }

    /// <summary>The only value of the only row of an answer whose column <c>v</c> is UInt64.</summary>
    internal static async Task<ulong> NumberAsync(this IClickHouseTransport transport, string sql, params SqlParameter[] parameters)
    {
        var blocks = await transport.ToListAsync(new SqlStatement(sql, parameters, QueryLimits.None));
        return Assert.Single(blocks).GetUInt64("v")[0];
    }
}
