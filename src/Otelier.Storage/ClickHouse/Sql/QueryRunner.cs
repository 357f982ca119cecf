using System.Diagnostics;
using System.Runtime.CompilerServices;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Runs the readers' statements within the limits of a query and says faults as <see cref="StoreException"/>.</summary>
/// <param name="transport">The way to the engine.</param>
/// <param name="limits">What any one query may cost.</param>
internal sealed class QueryRunner(IClickHouseTransport transport, QueryLimits limits)
{
    private long _count;
    private long _failures;
    private long _elapsedTicks;
    private int _active;

    /// <summary>What the readers' queries came to since the store was opened.</summary>
    public QueryNumbers Numbers => new(
        Interlocked.Read(ref _count),
        Interlocked.Read(ref _failures),
        Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _elapsedTicks)).TotalSeconds,
        Volatile.Read(ref _active));

    public static QueryLimits LimitsOf(StoreOptions options) =>
        new() { ExecutionTimeMax = options.QueryTimeMax, MemoryBytesMax = options.QueryMemoryBytesMax };

    /// <summary>The answer's blocks as they come. Ending early or cancelling stops the engine's work.</summary>
    /// <exception cref="StoreException">The query failed, at the start or midway.</exception>
    public IAsyncEnumerable<NativeBlock> StreamAsync(SqlBuilder sql, CancellationToken cancellationToken) => StreamAsync(sql, limits, cancellationToken);

    /// <summary>As the other one, for a statement that may take another time, because it waits for its reader.</summary>
    /// <inheritdoc cref="StreamAsync(SqlBuilder, CancellationToken)" path="/exception"/>
    public IAsyncEnumerable<NativeBlock> StreamAsync(SqlBuilder sql, TimeSpan executionTimeMax, CancellationToken cancellationToken) =>
        StreamAsync(sql, limits with { ExecutionTimeMax = executionTimeMax }, cancellationToken);

    private async IAsyncEnumerable<NativeBlock> StreamAsync(SqlBuilder sql, QueryLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Increment(ref _active);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await using var blocks = transport.QueryAsync(sql.Build(limits), cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(blocks).ConfigureAwait(false))
                yield return blocks.Current;
        }
        finally
        {
            Interlocked.Add(ref _elapsedTicks, Stopwatch.GetTimestamp() - started);
            Interlocked.Decrement(ref _active);
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

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<NativeBlock> blocks)
    {
        try
        {
            return await blocks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ClickHouseException e)
        {
            Interlocked.Increment(ref _failures);
            throw StoreFaults.Translate(e);
        }
    }
}
