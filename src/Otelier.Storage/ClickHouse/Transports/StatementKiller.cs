using Otelier.Storage.ClickHouse.Interop;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// Stops statements that run in the engine, from a session of its own: the engine's cancel functions wait for the call that
/// is being made on their session, KILL QUERY does not.
/// </summary>
internal sealed class StatementKiller : IAsyncDisposable
{
    /// <summary>How long a lane waits for its statement to be marked as killed before it goes on without.</summary>
    internal static readonly TimeSpan KillWaitMax = TimeSpan.FromSeconds(5);

    /// <summary>A statement that has only just begun is not yet in the engine's list, so attempts are repeated.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private const string KillSql = "KILL QUERY WHERE Settings['log_comment'] = {lane:String} ASYNC";

    private readonly ChdbConnection _connection;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly List<EngineWork> _requested = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    /// <summary>Takes over the connection and closes it when stopped.</summary>
    internal StatementKiller(ChdbConnection connection) => _connection = connection;

    internal void Start() => new Thread(Serve) { IsBackground = true, Name = "otelier-kill" }.Start();

    /// <summary>Attempts to kill this work's statement until it is over. Does not wait.</summary>
    internal void Request(EngineWork work)
    {
        lock (_gate)
            _requested.Add(work);
        _wake.Release();
    }

    /// <summary>Ends the thread and closes its connection; the lanes must have ended before.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _wake.Release();
        await _ended.Task.ConfigureAwait(false);
        _wake.Dispose();
    }

    private void Serve()
    {
        var running = new List<EngineWork>();
        while (!_stopping)
        {
            if (running.Count == 0)
                _wake.Wait();
            else
                _wake.Wait(Interval);
            lock (_gate)
            {
                running.AddRange(_requested);
                _requested.Clear();
            }

            running.RemoveAll(work => work.TryKill(KillLane));
        }

        _connection.Dispose();
        _ended.SetResult();
    }

    private void KillLane(string lane)
    {
        try
        {
            _connection.Execute(KillSql, [SqlParameter.String("lane", lane)]);
        }
        catch (ClickHouseException)
        {
            // The engine is out of memory, say: the next attempt comes, and the statement has its own time limit.
        }
    }
}
