using Otelier.Signals.Filters;

namespace Otelier.Signals.Traces;

/// <summary>
/// A search for traces with at least one matching span in the range, newest first by (start of the first matching span, trace id);
/// without a filter that is the start of the trace.
/// </summary>
/// <param name="Tenant">Whose traces.</param>
/// <param name="Range">When a matching span started.</param>
/// <param name="Filter">What holds for that span; <see langword="null"/> for all.</param>
/// <param name="Limit">Most traces of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last trace of the page before, or <see langword="null"/> for the first page.</param>
public sealed record TraceQuery(TenantId Tenant, TimeRange Range, Filter? Filter, int Limit, PageKey? After = null)
{
    /// <summary>Most services told of one trace.</summary>
    public const int ServicesMax = 100;

    /// <summary>
    /// How far from its first matching span a trace's other spans are looked for: without a bound every summary would ask all
    /// partitions. Reading one trace has no such bound.
    /// </summary>
    public static TimeSpan LookAround { get; } = TimeSpan.FromMinutes(10);
}
