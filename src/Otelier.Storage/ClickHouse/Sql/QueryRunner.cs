using System.Runtime.CompilerServices;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Runs the readers' statements within the limits of a query, keeps a log of them, and says faults as <see cref="StoreException"/>.</summary>
internal sealed class QueryRunner
{
    private readonly IClickHouseTransport _transport;
    private readonly QueryLimits _limits;
    private readonly TimeProvider _time;
    private readonly QueryQueue _queue;
    private readonly QueryLog _log;

    /// <param name="transport">The way to the engine.</param>
    /// <param name="options">What any one query may cost, and how many may run.</param>
    /// <param name="time">Measures and limits.</param>
    public QueryRunner(IClickHouseTransport transport, StoreOptions options, TimeProvider time)
    {
        _transport = transport;
        _limits = new()
        {
            ExecutionTimeMax = options.QueryTimeMax,
            MemoryBytesMax = options.QueryMemoryBytesMax,
            RowsToReadMax = options.QueryRowsReadMax,
        };
        _time = time;
        _queue = new QueryQueue(new QueryQueueRules(options.QueriesActiveMax, options.QueriesWaitingMax, options.QueryWaitMax), time);
        _log = new QueryLog(time);
    }

    /// <summary>
    /// The processors of this machine that the statements share: alone one has them all, among others its part, since more threads than
    /// processors only take time from ingest. <see langword="null"/> where the engine is on a machine of its own.
    /// </summary>
    public int? Processors { get; init; }

    /// <summary>What the readers' queries came to since the store was opened.</summary>
    public QueryNumbers Numbers => _log.Numbers(_queue);

    /// <summary>The answer's blocks as they come. Ending early or cancelling stops the engine's work.</summary>
    /// <exception cref="StoreException">The query failed, at the start or midway, or was not let in.</exception>
    public IAsyncEnumerable<NativeBlock> StreamAsync(SqlBuilder sql, CancellationToken cancellationToken) => StreamAsync(sql, _limits, cancellationToken);

    /// <summary>As the other one, for a statement that may take another time, because it waits for its reader.</summary>
    /// <inheritdoc cref="StreamAsync(SqlBuilder, CancellationToken)" path="/exception"/>
    public IAsyncEnumerable<NativeBlock> StreamAsync(SqlBuilder sql, TimeSpan executionTimeMax, CancellationToken cancellationToken) =>
        StreamAsync(sql, _limits with { ExecutionTimeMax = executionTimeMax }, cancellationToken);

    private async IAsyncEnumerable<NativeBlock> StreamAsync(SqlBuilder sql, QueryLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _queue.EnterAsync(sql.Tenant, cancellationToken).ConfigureAwait(false);
        if (Processors is { } processors)
            limits = limits with { ThreadsMax = Math.Max(processors / _queue.Active, 1) };
        var started = _time.GetTimestamp();
        var meter = new QueryMeter();
        // Until it has come to its end the reader may leave at any time.
        var outcome = QueryOutcome.Cancelled;
        try
        {
            await using var blocks = _transport.QueryAsync(sql.Build(limits) with { Meter = meter }, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await blocks.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (ClickHouseException e)
                {
                    outcome = e.Kind == ClickHouseErrorKind.Timeout ? QueryOutcome.TimedOut : QueryOutcome.Failed;
                    throw StoreFaults.Translate(e);
                }

                yield return blocks.Current;
            }

            outcome = QueryOutcome.Done;
        }
        finally
        {
            // Who sees that no statement runs any more finds all of them counted.
            _log.Add(_time.GetElapsedTime(started), meter.RowsRead, meter.BytesRead, outcome);
            _queue.Leave();
        }
    }

    /// <summary>Reads a small answer whole.</summary>
    /// <exception cref="StoreException">The query failed.</exception>
    public async Task<List<T>> ReadAsync<T>(SqlBuilder sql, Action<NativeBlock, List<T>> readBlock, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var block in StreamAsync(sql, cancellationToken).ConfigureAwait(false))
            readBlock(block, rows);
        return rows;
    }

    /// <summary>Reads a small answer whole that is not worth more than some time.</summary>
    /// <exception cref="StoreException">The query failed, or took longer.</exception>
    public async Task<List<T>> ReadWithinAsync<T>(
        TimeSpan time, SqlBuilder sql, Action<NativeBlock, List<T>> readBlock, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var limits = _limits with { ExecutionTimeMax = _limits.ExecutionTimeMax < time ? _limits.ExecutionTimeMax : time };
        await foreach (var block in StreamAsync(sql, limits, cancellationToken).ConfigureAwait(false))
            readBlock(block, rows);
        return rows;
    }
}
