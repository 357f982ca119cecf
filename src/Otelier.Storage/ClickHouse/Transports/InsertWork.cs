namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>An insert: the body is written on the lane's thread, straight into the engine.</summary>
internal sealed class InsertWork(
    SqlStatement statement,
    NativeBody body,
    Action<EngineLane> before,
    CancellationToken caller,
    CancellationToken stopping)
    : EngineWork(statement, caller, stopping)
{
    private readonly TaskCompletionSource<InsertResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<InsertResult> Done => _done.Task;

    /// <summary>It stops by itself between two chunks; its commit is not to be interrupted.</summary>
    protected override bool IsKillable => false;

    internal override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
            _done.TrySetCanceled(cancelled.CancellationToken);
        else
            _done.TrySetException(exception);
    }

    protected override void Run(EngineLane lane)
    {
        before(lane);
        InsertResult result;
        using (var insert = lane.Connection.Insert(Statement.Text))
        using (var output = new ChunkWriter(insert.Append, Cancelled))
        {
            body(output);
            output.Flush();
            Cancelled.ThrowIfCancellationRequested();
            result = insert.Complete();
        }

        _done.TrySetResult(result);
    }
}
