namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// One statement on its way through a lane. Made by the caller, run and finished by the lane's thread, cancelled from any
/// thread.
/// </summary>
internal abstract class EngineWork : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation;
    private readonly ManualResetEventSlim _killed = new();
    private StatementKiller? _killer;
    private string _lane = "";
    private bool _finished;

    protected EngineWork(SqlStatement statement, CancellationToken caller, CancellationToken stopping)
    {
        Statement = statement;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(caller, stopping);
        Cancelled = _cancellation.Token;
    }

    internal SqlStatement Statement { get; }

    /// <summary>Whether the running statement is killed when it is cancelled.</summary>
    protected virtual bool IsKillable => true;

    /// <summary>Fires when the caller left, or when the transport is closing.</summary>
    protected CancellationToken Cancelled { get; }

    /// <summary>Runs the statement to its end on the lane's thread and completes whoever waits. Never throws.</summary>
    internal void Run(EngineLane lane, StatementKiller killer)
    {
        try
        {
            Cancelled.ThrowIfCancellationRequested();
            lane.Apply(Statement.Limits);
            _lane = lane.Name;
            _killer = killer;
            using (IsKillable ? Cancelled.UnsafeRegister(static work => ((EngineWork)work!).RequestKill(), this) : default)
                Run(lane);
        }
        catch (Exception e)
        {
            // A statement that was killed because its caller left is a cancellation, whatever the engine calls it.
            Fail(Cancelled.IsCancellationRequested && e is ClickHouseException ? new OperationCanceledException(Cancelled) : e);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Stops the statement: not at all begun, or killed in the engine.</summary>
    internal void Cancel()
    {
        lock (_gate)
        {
            if (!_finished)
                _cancellation.Cancel();
        }
    }

    /// <summary>Completes whoever waits, with an error.</summary>
    internal abstract void Fail(Exception exception);

    /// <summary>The statement itself, with a session that has its limits set.</summary>
    protected abstract void Run(EngineLane lane);

    /// <summary>
    /// Has the running statement killed and waits until that was said to the engine: ending a stream whose query still
    /// runs would otherwise wait until the query has computed everything.
    /// </summary>
    protected void Kill()
    {
        RequestKill();
        _killed.Wait(StatementKiller.KillWaitMax, CancellationToken.None);
    }

    /// <summary>One attempt, by the killer. The gate keeps the lane from starting its next statement under it.</summary>
    /// <returns>Whether the statement is over, so that no further attempt is needed.</returns>
    internal bool TryKill(Action<string> killLane)
    {
        lock (_gate)
        {
            if (_finished)
                return true;
            killLane(_lane);
            _killed.Set();
            return false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_finished)
                return;
            _finished = true;
            _killed.Dispose();
        }

        // Outside the gate: it waits for a registration's callback that runs, and that may want the gate.
        _cancellation.Dispose();
    }

    private void RequestKill() => _killer?.Request(this);
}
