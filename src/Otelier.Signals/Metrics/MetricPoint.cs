namespace Otelier.Signals.Metrics;

/// <summary>A data point as it was sent, with the series it belongs to. A closed hierarchy: one record per kind of points.</summary>
public abstract record MetricPoint
{
    private protected MetricPoint()
    {
    }

    public required SeriesDescription Series { get; init; }

    /// <summary>In nanoseconds since 1970; 0 where the sender gave none.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>In nanoseconds since 1970.</summary>
    public required ulong TimeUnixNano { get; init; }

    /// <summary>All 32 bits as sent; see <see cref="PointFlags"/>.</summary>
    public uint Flags { get; init; }

    /// <summary>In the order they were sent.</summary>
    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];

    /// <summary>A point of a gauge or a sum.</summary>
    public sealed record Number : MetricPoint
    {
        /// <summary>Without a value it is a gap.</summary>
        public required MetricNumber Value { get; init; }
    }

    /// <summary>What both kinds of histograms have.</summary>
    public abstract record Distribution : MetricPoint
    {
        private protected Distribution()
        {
        }

        /// <summary>How many values there were.</summary>
        public ulong Count { get; init; }

        /// <summary>Their sum; <see langword="null"/> where it was not sent.</summary>
        public double? Sum { get; init; }

        /// <summary>The smallest; <see langword="null"/> where it was not sent.</summary>
        public double? Min { get; init; }

        /// <summary>The largest; <see langword="null"/> where it was not sent.</summary>
        public double? Max { get; init; }
    }

    /// <summary>A point of a histogram with explicit bounds.</summary>
    public sealed record Histogram : Distribution
    {
        /// <summary>One more than there are bounds, or none.</summary>
        public IReadOnlyList<ulong> BucketCounts { get; init; } = [];

        /// <summary>Strictly increasing.</summary>
        public IReadOnlyList<double> ExplicitBounds { get; init; } = [];
    }

    /// <summary>A point of an exponential histogram.</summary>
    public sealed record Exponential : Distribution
    {
        /// <summary>Any 32-bit number: the protocol sets no range.</summary>
        public int Scale { get; init; }

        public ulong ZeroCount { get; init; }

        public double ZeroThreshold { get; init; }

        /// <summary><see langword="null"/> where the message was not sent.</summary>
        public ExponentialBuckets? Positive { get; init; }

        /// <inheritdoc cref="Positive"/>
        public ExponentialBuckets? Negative { get; init; }
    }

    /// <summary>A point of a summary.</summary>
    public sealed record Summary : MetricPoint
    {
        public ulong Count { get; init; }

        public double Sum { get; init; }

        /// <summary>In the order they were sent.</summary>
        public IReadOnlyList<QuantileValue> Quantiles { get; init; } = [];
    }
}

/// <summary>One side of an exponential histogram.</summary>
/// <param name="Offset">The index of the first bucket.</param>
/// <param name="Counts">The buckets' counts from there on.</param>
public sealed record ExponentialBuckets(int Offset, IReadOnlyList<ulong> Counts);

/// <summary>A quantile that the sender worked out.</summary>
/// <param name="Quantile">Which one, 0 to 1.</param>
/// <param name="Value">The value there.</param>
public readonly record struct QuantileValue(double Quantile, double Value);
