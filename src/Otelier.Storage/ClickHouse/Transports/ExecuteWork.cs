namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>A statement without an answer.</summary>
internal sealed class ExecuteWork(SqlStatement statement, CancellationToken caller, CancellationToken stopping)
    : EngineWork(statement, caller, stopping)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Done => _done.Task;

    internal override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
            _done.TrySetCanceled(cancelled.CancellationToken);
        else
            _done.TrySetException(exception);
    }

    protected override void Run(EngineLane lane)
    {
        lane.Connection.Execute(Statement.Text, Statement.Parameters);
        _done.TrySetResult();
    }
}
