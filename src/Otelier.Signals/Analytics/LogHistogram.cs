using Otelier.Signals.Metrics;

namespace Otelier.Signals.Analytics;

/// <summary>A question how many log records there were when.</summary>
/// <param name="Selection">Which records.</param>
/// <param name="Grid">The steps of time; at most <see cref="AnalyticsLimits.StepsMax"/>.</param>
public sealed record LogHistogramQuery(Selection Selection, StepGrid Grid);

/// <summary>The answer to a <see cref="LogHistogramQuery"/>.</summary>
/// <param name="Series">One for each severity that occurs, least severe first.</param>
/// <param name="Total">All records.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for. Usually empty.</param>
public sealed record LogHistogram(IReadOnlyList<SeveritySeries> Series, ulong Total, IReadOnlyList<Warning> Warnings);

/// <summary>The records of one severity.</summary>
/// <param name="Severity">The index in <see cref="SeverityRange.Words"/>.</param>
/// <param name="Counts">One for each step.</param>
public sealed record SeveritySeries(int Severity, IReadOnlyList<ulong> Counts);

/// <summary>The protocol's ranges of severity numbers: four numbers each, and one for none.</summary>
public static class SeverityRange
{
    /// <summary>Severity numbers per range.</summary>
    public const int Width = 4;

    /// <summary>The lowest number of the range <c>error</c>: from here on a record counts as failed.</summary>
    public const int ErrorMin = 17;

    /// <summary>The ranges by their index: 0 for the number 0, 1 for 1 to 4, up to 6 for 21 to 24.</summary>
    public static IReadOnlyList<string> Words { get; } = ["unset", "trace", "debug", "info", "warn", "error", "fatal"];
}
