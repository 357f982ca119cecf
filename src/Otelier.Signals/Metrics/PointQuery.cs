using Otelier.Signals.Filters;

namespace Otelier.Signals.Metrics;

/// <summary>A search for the points of one metric, newest first, those of one time in a fixed order.</summary>
/// <param name="Tenant">Whose points.</param>
/// <param name="Metric">The metric's name; points of every type it has are found.</param>
/// <param name="Range">The points' times.</param>
/// <param name="Filter">What holds for their series; <see langword="null"/> for all.</param>
/// <param name="Limit">Most points of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last point of the page before, or <see langword="null"/> for the first page.</param>
public sealed record PointQuery(TenantId Tenant, string Metric, TimeRange Range, Filter? Filter, int Limit, PageKey? After = null);
