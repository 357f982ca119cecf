namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// Lets so many statements into the engine at once that ingest keeps its share of the machine. What waits is bounded in number and in time.
/// Tenants take turns, so that one with many statements does not hold up the others; the statements of one come in their order.
/// </summary>
internal sealed class QueryQueue(QueryQueueRules rules, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _byTenant = new(StringComparer.Ordinal);

    /// <summary>Tenants with statements that wait, the next one first.</summary>
    private readonly Queue<string> _turns = new();

    private int _active;
    private int _waiting;
    private long _refused;

    /// <summary>Statements in the engine.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Statements that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Statements that were not let in.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Waits for a place, which <see cref="Leave"/> gives back.</summary>
    /// <exception cref="StoreException">Too many wait, or this one has waited too long.</exception>
    public async ValueTask EnterAsync(string tenant, CancellationToken cancellationToken)
    {
        if (TryEnter(tenant) is not { } turn)
            return;
        try
        {
            await turn.Task.WaitAsync(rules.WaitMax, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            // Who is let in at this very moment must give the place back.
            if (!turn.TrySetCanceled(CancellationToken.None))
                Leave();
            if (fault is OperationCanceledException)
                throw;
            throw Refuse("The query has waited too long for its turn.");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives the place to the next one who waits.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            while (_turns.TryDequeue(out var tenant))
            {
                var queue = _byTenant[tenant];
                var turn = queue.Dequeue();
                if (queue.Count > 0)
                    _turns.Enqueue(tenant);
                else
                    _byTenant.Remove(tenant);
                if (turn.TrySetResult())
                    return;
            }

            _active--;
        }
    }

    /// <summary>What there is to wait for, or <see langword="null"/> once let in.</summary>
    private TaskCompletionSource? TryEnter(string tenant)
    {
        lock (_gate)
        {
            if (_active < rules.ActiveMax)
            {
                _active++;
                return null;
            }

            if (_waiting >= rules.WaitingMax)
                throw Refuse("Too many queries are waiting.");
            Interlocked.Increment(ref _waiting);
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_byTenant.TryGetValue(tenant, out var queue))
            {
                _byTenant.Add(tenant, queue = new Queue<TaskCompletionSource>());
                _turns.Enqueue(tenant);
            }

            queue.Enqueue(turn);
            return turn;
        }
    }

    private StoreException Refuse(string message)
    {
        Interlocked.Increment(ref _refused);
        return new StoreException(StoreFault.Unavailable, message);
    }
}

/// <summary>How many statements may run and wait.</summary>
/// <param name="ActiveMax">Statements in the engine at once, 1 at least.</param>
/// <param name="WaitingMax">Statements that wait; the next one is refused.</param>
/// <param name="WaitMax">How long one waits before it is refused.</param>
internal sealed record QueryQueueRules(int ActiveMax, int WaitingMax, TimeSpan WaitMax);
