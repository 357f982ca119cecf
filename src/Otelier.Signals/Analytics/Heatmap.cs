using Otelier.Signals.Metrics;

namespace Otelier.Signals.Analytics;

/// <summary>A question how many spans lasted how long when.</summary>
/// <param name="Selection">Which spans.</param>
/// <param name="Grid">The steps of time; at most <see cref="AnalyticsLimits.StepsMax"/>.</param>
public sealed record HeatmapQuery(Selection Selection, StepGrid Grid);

/// <summary>The answer to a <see cref="HeatmapQuery"/>: the cells that are not empty, by step and bucket.</summary>
public sealed record Heatmap(IReadOnlyList<HeatmapCell> Cells, IReadOnlyList<Warning> Warnings);

/// <summary>The spans of one step and one bucket.</summary>
/// <param name="Step">The step, from 0 on.</param>
/// <param name="Bucket">The bucket, see <see cref="HeatmapBuckets"/>.</param>
/// <param name="Count">How many spans.</param>
/// <param name="ErrorCount">How many of them failed.</param>
public readonly record struct HeatmapCell(int Step, int Bucket, ulong Count, ulong ErrorCount);

/// <summary>
/// The rows of a heatmap: two buckets per doubling of the duration in nanoseconds. Bucket 0 holds the duration 0, bucket b the
/// durations d with b = 1 + ⌊2·log₂ d⌋.
/// </summary>
public static class HeatmapBuckets
{
    /// <summary>Buckets per doubling.</summary>
    public const int PerDoubling = 2;

    /// <summary>The highest bucket there is: durations have 64 bits.</summary>
    public const int BucketMax = 64 * PerDoubling;

    /// <summary>The shortest duration of a bucket, in nanoseconds; of the one beyond the highest, the longest duration there is.</summary>
    public static ulong FromNanos(int bucket)
    {
        if (bucket <= 0)
            return 0;
        var from = Math.Ceiling(Math.Pow(2, (bucket - 1) / (double)PerDoubling));
        return from >= ulong.MaxValue ? ulong.MaxValue : (ulong)from;
    }
}
