using Otelier.Server.Http;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>
/// What the server keeps: the write-ahead log and the stores behind it. Opened before anything listens, closed after the
/// last request, the log last.
/// </summary>
internal sealed class DataDirectory : IAsyncDisposable
{
    private readonly string? _temporary;

    private DataDirectory(WriteAheadLog log, StoreSet stores, string? temporary)
    {
        Log = log;
        Stores = stores;
        _temporary = temporary;
    }

    public WriteAheadLog Log { get; }

    public StoreSet Stores { get; }

    /// <summary>
    /// Opens what <paramref name="options"/> name, or says in one line why not and gives <see langword="null"/>.
    /// <c>:memory:</c> takes a temporary log, gone when this is closed.
    /// </summary>
    public static async Task<DataDirectory?> TryOpenAsync(
        OtelierOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(options, loggers, time, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"otelier-server cannot open its data in '{options.DataDir}': {exception.Message}");
            return null;
        }
    }

    private static async Task<DataDirectory> OpenAsync(OtelierOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var temporary = options.DataDir == StoreOptions.InMemory ? System.IO.Directory.CreateTempSubdirectory("otelier-").FullName : null;
        var root = Path.GetFullPath(temporary ?? options.DataDir);
        options.Storage.Log.Directory = Path.Combine(root, "log");
        options.Storage.Store.Directory = temporary is null ? Path.Combine(root, "engine") : StoreOptions.InMemory;

        var log = await WriteAheadLog.OpenAsync(options.Storage.Log, time, loggers.CreateLogger<WriteAheadLog>(), cancellationToken);
        try
        {
            var stores = await StoreSet.OpenAsync(options.Storage.Store, loggers, time, cancellationToken);
            return new DataDirectory(log, stores, temporary);
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stores.DisposeAsync();
        await Log.DisposeAsync();
        if (_temporary is not null)
            System.IO.Directory.Delete(_temporary, recursive: true);
    }
}
