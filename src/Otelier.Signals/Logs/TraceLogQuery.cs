using Otelier.Signals.Ids;

namespace Otelier.Signals.Logs;

/// <summary>The log records of one trace, oldest first by (time, hash of the row), whenever they were written.</summary>
/// <param name="Tenant">Whose records.</param>
/// <param name="TraceId">The trace.</param>
/// <param name="SpanId">The span; <see langword="null"/> for all of the trace.</param>
/// <param name="Limit">Most records of the page, 1 to <see cref="SearchLimits.PageRowsMax"/>.</param>
/// <param name="After">The last record of the page before, or <see langword="null"/> for the first page.</param>
public sealed record TraceLogQuery(TenantId Tenant, TraceId TraceId, SpanId? SpanId, int Limit, PageKey? After = null);
