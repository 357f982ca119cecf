namespace Otelier.Signals.Metrics;

/// <summary>What a query makes of the points of a step. Of histograms and summaries the values that went into them are meant.</summary>
public enum MetricAggregation
{
    /// <summary>The mean of the values.</summary>
    Average,

    Sum,
    Min,
    Max,

    /// <summary>How many values there were.</summary>
    Count,

    /// <summary>The value of the newest point; of equally new ones the largest. For gauges and sums.</summary>
    Last,

    /// <summary><see cref="Increase"/> per second.</summary>
    Rate,

    /// <summary>How much a sum, or the count of a histogram or summary, grew: per series, with restarts, then added up.</summary>
    Increase,

    /// <summary>A quantile of the values, from histograms, or from summaries that have that very quantile.</summary>
    Quantile,

    /// <summary>How much a value that may rise and fall changed since the step before: per series, then added up. For gauges and sums that are not counters.</summary>
    Delta,

    /// <summary>The slope of such a value per second, by least squares: per series, then added up.</summary>
    Derivative,

    /// <summary>The standard deviation of the values. For gauges and sums.</summary>
    StandardDeviation,
}
