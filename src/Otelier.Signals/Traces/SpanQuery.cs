using Otelier.Signals.Filters;

namespace Otelier.Signals.Traces;

/// <summary>The order in which spans are given.</summary>
public enum SpanOrder
{
    /// <summary>Newest first, by (start, span id, trace id).</summary>
    Newest,

    /// <summary>Longest first, by (duration, span id, trace id).</summary>
    Longest,
}

/// <summary>A search for spans.</summary>
/// <param name="Tenant">Whose spans.</param>
/// <param name="Range">When they started.</param>
/// <param name="Filter">What holds for them; <see langword="null"/> for all.</param>
/// <param name="Limit">Most spans of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last span of the page before, or <see langword="null"/> for the first page.</param>
/// <param name="Order">In which order.</param>
public sealed record SpanQuery(TenantId Tenant, TimeRange Range, Filter? Filter, int Limit, PageKey? After = null, SpanOrder Order = SpanOrder.Newest);
