using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;

namespace Otelier.Storage.Metrics;

/// <summary>
/// Finds the series of a block that have to be stored: one row per series and day, so that the series of a time range are
/// found by their day and old ones go with their partition. Not thread-safe.
/// </summary>
internal sealed class SeriesCollector(KnownSeries known)
{
    private const ulong DayNanos = 86_400_000_000_000;

    /// <summary>The series of <paramref name="block"/> that are not known. The caller disposes of the result.</summary>
    public SeriesBlock Collect(Block<MetricBatch> block)
    {
        var parts = new List<BlockPart<SeriesRows>>();
        var keys = new HashSet<ulong>();
        foreach (var part in block.Parts)
        {
            Collect(part, part.Batch.Numbers, parts, keys);
            Collect(part, part.Batch.Histograms, parts, keys);
            Collect(part, part.Batch.ExponentialHistograms, parts, keys);
            Collect(part, part.Batch.Summaries, parts, keys);
        }

        return new SeriesBlock(new Block<SeriesRows>(block.Token, parts), keys);
    }

    /// <summary>To be called when the store has confirmed the insert of <paramref name="block"/>, and not before.</summary>
    public void Confirm(SeriesBlock block)
    {
        foreach (var key in block.Keys)
            known.Add(key);
    }

    /// <summary>Takes no series for known any more.</summary>
    public void Forget() => known.Clear();

    private void Collect(BlockPart<MetricBatch> part, PointSet points, List<BlockPart<SeriesRows>> parts, HashSet<ulong> keys)
    {
        var hashes = part.Batch.Series.Hash.Values;
        var tenantSeed = SeriesIdentity.TenantSeed(part.Tenant);
        var seriesIndexes = points.SeriesIndex.Values;
        var times = points.TimeUnixNano.Values;
        for (var i = 0; i < times.Length; i++)
        {
            var timeClass = TimeClass.Of(times[i], part.ReceivedUnixNano);
            var day = (ushort)Math.Min(times[i] / DayNanos, ushort.MaxValue);
            var id = SeriesIdentity.SeriesId(hashes[seriesIndexes[i]], tenantSeed);
            var key = ByteHash.Combine(id, ((ulong)day << 8) | timeClass);
            if (!known.Contains(key) && keys.Add(key))
                RowsOf(part.Tenant, parts).Add(part.Batch, seriesIndexes[i], id, day, timeClass);
        }
    }

    /// <summary>Consecutive parts of one tenant share their rows.</summary>
    private static SeriesRows RowsOf(TenantId tenant, List<BlockPart<SeriesRows>> parts)
    {
        if (parts.Count == 0 || parts[^1].Tenant != tenant)
            parts.Add(new BlockPart<SeriesRows>(new SeriesRows(), tenant, 0));
        return parts[^1].Batch;
    }
}
