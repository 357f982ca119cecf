namespace Otelier.Signals.Metrics;

/// <summary>The named limits of reading metrics.</summary>
public static class MetricLimits
{
    /// <summary>Most steps of a query.</summary>
    public const int StepsMax = 11_000;

    /// <summary>About how many steps a query has whose caller names no step.</summary>
    public const int StepsAutomatic = 240;

    /// <summary>Most series of an answer.</summary>
    public const int AnswerSeriesMax = 1000;

    /// <summary>Most points of an answer, over all its series.</summary>
    public const int AnswerPointsMax = 1_000_000;

    /// <summary>Most stored series that a query looks at.</summary>
    public const int SeriesMax = 50_000;

    /// <summary>Most rows (a series in a step) that a query works on; beyond it the query fails.</summary>
    public const int SeriesStepsMax = 5_000_000;

    /// <summary>Most labels to group by.</summary>
    public const int GroupLabelsMax = 10;

    /// <summary>Most exemplars read for one page of points.</summary>
    public const int ExemplarsMax = 100_000;

    /// <summary>Most labels told of one metric.</summary>
    public const int LabelsMax = 1000;

    /// <summary>How far an instant query looks back where nobody says.</summary>
    public static TimeSpan InstantWindow { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Most services named with a metric.</summary>
    public const int ServicesMax = 100;

    /// <summary>Most buckets kept on one side when exponential histograms are merged; beyond it the scale is lowered.</summary>
    public const int ExponentialBucketsMax = 1280;

    /// <summary>How long before the range the point is looked for from which the first increase is counted, at least.</summary>
    public static TimeSpan LookbackMin { get; } = TimeSpan.FromMinutes(5);
}
