using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Benchmarks.Processes;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>The engine's part of a server's data directory.</summary>
internal static class EngineDirectory
{
    /// <summary>The server's own limit, so that both engines work under the same one.</summary>
    private const long EngineMemoryBytesMax = 1536L << 20;

    public static string Of(string dataDirectory) => Path.Combine(dataDirectory, "engine");

    /// <summary>A new data directory whose tables the server itself has made: their settings are its own.</summary>
    public static async Task<string> CreateAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var directory = context.NewDirectory("engine");
        await using var server = await ServerProcess.StartAsync(context, directory, cancellationToken);
        await server.StopAsync(cancellationToken);
        return directory;
    }

    public static ChdbTransport Open(string dataDirectory)
    {
        var engine = Of(dataDirectory);
        if (!Directory.Exists(engine))
            throw new DirectoryNotFoundException($"No server has kept data in {engine}.");
        return ChdbTransport.Open(new ChdbOptions { DataDirectory = engine, MemoryBytesMax = EngineMemoryBytesMax }, NullLogger.Instance);
    }
}
