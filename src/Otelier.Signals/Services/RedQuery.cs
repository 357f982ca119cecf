namespace Otelier.Signals.Services;

/// <summary>What a line of a <see cref="RedAnswer"/> is of.</summary>
public enum RedGrouping
{
    /// <summary>Everything together.</summary>
    None,
    Service,

    /// <summary>A span name of a service.</summary>
    Operation,
}

/// <summary>A question about rate, errors and durations over time.</summary>
/// <param name="Tenant">Whose spans.</param>
/// <param name="Range">When they started; widened to whole minutes, and its beginning to a whole step.</param>
/// <param name="Service">Only this service; <see langword="null"/> for all.</param>
/// <param name="Operation">Only spans of this name; <see langword="null"/> for all.</param>
/// <param name="Kind">Only spans of this kind, the protocol's number; <see langword="null"/> for all.</param>
/// <param name="GroupBy">What a line is of.</param>
/// <param name="StepMinutes">The length of a step in minutes, 1 at least.</param>
/// <param name="Limit">Most lines, 1 to <see cref="ServiceLimits.RedLinesMax"/>.</param>
public sealed record RedQuery(
    TenantId Tenant, TimeRange Range, string? Service, string? Operation, int? Kind, RedGrouping GroupBy, int StepMinutes, int Limit)
{
    /// <summary>Whether spans are counted, as the question is about operations, or else requests.</summary>
    public bool IsOfOperations => GroupBy == RedGrouping.Operation || Operation is not null || Kind is not null;
}

/// <summary>Rate, errors and durations over time.</summary>
/// <param name="StepMinutes">The length of a step in minutes.</param>
/// <param name="Series">The lines, those with the most spans first.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for. Usually empty.</param>
public sealed record RedAnswer(int StepMinutes, IReadOnlyList<RedSeries> Series, IReadOnlyList<Warning> Warnings);

/// <summary>One line.</summary>
/// <param name="ServiceName">The service; <see langword="null"/> where lines are not of services.</param>
/// <param name="Name">The span name; <see langword="null"/> where lines are not of operations.</param>
/// <param name="Points">In the order of time; steps without spans are left out.</param>
public sealed record RedSeries(string? ServiceName, string? Name, IReadOnlyList<RedPoint> Points);

/// <summary>One step of a line.</summary>
/// <param name="UnixSeconds">When the step begins, in seconds since 1970.</param>
/// <param name="Figures">What started in it.</param>
public sealed record RedPoint(long UnixSeconds, RedFigures Figures);
