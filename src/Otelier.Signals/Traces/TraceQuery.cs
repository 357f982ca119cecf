using Otelier.Signals.Filters;

namespace Otelier.Signals.Traces;

/// <summary>The order in which traces are given. All but the first count a trace's spans within the range.</summary>
public enum TraceOrder
{
    /// <summary>Newest first, by (start of the first matching span, trace id); without a filter that is the start of the trace.</summary>
    Newest,

    /// <summary>Longest first, by (time from the first span's start to the last one's end, trace id).</summary>
    Longest,

    /// <summary>By (number of spans, trace id), descending.</summary>
    MostSpans,

    /// <summary>By (number of spans with the status error, trace id), descending.</summary>
    MostErrors,
}

/// <summary>A search for traces with at least one matching span in the range.</summary>
/// <param name="Tenant">Whose traces.</param>
/// <param name="Range">When a matching span started.</param>
/// <param name="Filter">What holds for that span; <see langword="null"/> for all.</param>
/// <param name="Limit">Most traces of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last trace of the page before, or <see langword="null"/> for the first page.</param>
/// <param name="Order">In which order.</param>
public sealed record TraceQuery(TenantId Tenant, TimeRange Range, Filter? Filter, int Limit, PageKey? After = null, TraceOrder Order = TraceOrder.Newest)
{
    /// <summary>Most traces that are ranked by something else than their time; of more in the range some are left out, with a warning.</summary>
    public const int RankedMax = 1_000_000;

    /// <summary>Most services told of one trace.</summary>
    public const int ServicesMax = 100;

    /// <summary>
    /// How far from its first matching span a trace's other spans are looked for: without a bound every summary would ask all
    /// partitions. Reading one trace has no such bound.
    /// </summary>
    public static TimeSpan LookAround { get; } = TimeSpan.FromMinutes(10);
}
