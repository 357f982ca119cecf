using Otelier.Signals.Filters;

namespace Otelier.Signals.Metrics;

/// <summary>A list of metrics by name.</summary>
/// <param name="Tenant">Whose metrics.</param>
/// <param name="Range">When they had points; widened to whole days (UTC).</param>
/// <param name="NamePrefix">How their names begin; empty for any.</param>
/// <param name="Filter">What holds for their series; <see langword="null"/> for all.</param>
/// <param name="Limit">Most metrics of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last metric of the page before, or <see langword="null"/> for the first page.</param>
public sealed record MetricListQuery(TenantId Tenant, TimeRange Range, string NamePrefix, Filter? Filter, int Limit, PageKey? After = null);
