using Otelier.Signals.Filters;

namespace Otelier.Signals.Logs;

/// <summary>A search for log records, newest first by (time, hash of the row).</summary>
/// <param name="Tenant">Whose records.</param>
/// <param name="Range">Their time: the record's, or where it has none the time it was observed, or else received.</param>
/// <param name="Filter">What holds for them; <see langword="null"/> for all.</param>
/// <param name="Limit">Most records of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last record of the page before, or <see langword="null"/> for the first page.</param>
public sealed record LogQuery(TenantId Tenant, TimeRange Range, Filter? Filter, int Limit, PageKey? After = null);
