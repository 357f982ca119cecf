using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>
/// Latency histograms by some key, a row per bucket: grouping by bucket is some thirty times quicker than letting the engine
/// add up maps.
/// </summary>
internal sealed class BucketTable<TKey>
    where TKey : notnull
{
    /// <summary>The columns a statement has beside its key.</summary>
    public const string Columns = "(arrayJoin(DurationBuckets) AS Entry).1 AS Bucket, sum(Entry.2) AS Durations";

    private static readonly Dictionary<ushort, ulong> None = [];

    private readonly Dictionary<TKey, Dictionary<ushort, ulong>> _rows = [];

    /// <summary>The buckets of a key; none for one that came in since they were asked for.</summary>
    public IReadOnlyDictionary<ushort, ulong> this[TKey key] => _rows.GetValueOrDefault(key, None);

    public static async Task<BucketTable<TKey>> ReadAsync(
        QueryRunner queries, SqlBuilder sql, Func<NativeBlock, Func<int, TKey>> keysOf, CancellationToken cancellationToken)
    {
        var table = new BucketTable<TKey>();
        await foreach (var block in queries.StreamAsync(sql, cancellationToken).ConfigureAwait(false))
            table.Add(block, keysOf(block));
        return table;
    }

    private void Add(NativeBlock block, Func<int, TKey> keyOf)
    {
        var numbers = block.GetUInt16("Bucket");
        var durations = block.GetUInt64("Durations");
        for (var row = 0; row < block.RowCount; row++)
        {
            var key = keyOf(row);
            if (!_rows.TryGetValue(key, out var counts))
                _rows.Add(key, counts = []);
            counts[numbers[row]] = durations[row];
        }
    }
}
