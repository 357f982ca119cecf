using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Signals.Services;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Storage;

/// <summary>What a place to keep spans is. Implementations are thread-safe. Faults of the store are thrown as <see cref="StoreException"/>.</summary>
public interface ITraceStore
{
    /// <summary>
    /// Stores a block with everything derived from it (rollups, catalog). Returns once it is durable. Writing the same block
    /// again, after a fault or a restart, stores nothing twice. Faults of the store are thrown as <see cref="StoreException"/>.
    /// </summary>
    Task WriteAsync(Block<SpanBatch> block, CancellationToken cancellationToken);

    /// <summary>
    /// The spans of one trace in the order of their start, streamed; none where the tenant has no such trace. At most one more than
    /// <see cref="TraceLimits.SpansMax"/>, the earliest; the one more tells that the trace was capped.
    /// </summary>
    /// <param name="tenant">Whose trace.</param>
    /// <param name="traceId">The trace.</param>
    /// <param name="hint">Where all its spans are known to start, which spares looking elsewhere; <see langword="null"/> for anywhere.</param>
    /// <param name="cancellationToken">Stops the work in the store too, as does ending the enumeration early.</param>
    IAsyncEnumerable<Span> GetTraceAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken);

    /// <summary>
    /// How many spans a search finds, counted up to <see cref="SearchLimits.CountedRowsMax"/> (more is told as one more);
    /// <see langword="null"/> where that took longer than <see cref="SearchLimits.CountTimeMax"/>. Page and order do not matter.
    /// </summary>
    Task<ulong?> CountSpansAsync(SpanQuery query, CancellationToken cancellationToken);

    /// <summary>How many traces a search finds, as <see cref="CountSpansAsync"/> counts.</summary>
    Task<ulong?> CountTracesAsync(TraceQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The spans of some traces, those of one trace together and in the order of their start, streamed; at most one more than
    /// <see cref="TraceLimits.SpansMax"/> in all.
    /// </summary>
    /// <param name="tenant">Whose traces.</param>
    /// <param name="traceIds">The traces, at most <see cref="SearchLimits.PageRowsMax"/>.</param>
    /// <param name="range">Where all their spans start.</param>
    /// <param name="cancellationToken">Stops the work in the store too, as does ending the enumeration early.</param>
    IAsyncEnumerable<Span> GetTracesAsync(TenantId tenant, IReadOnlyList<TraceId> traceIds, TimeRange range, CancellationToken cancellationToken);

    /// <summary>The spans of one trace without what is inside them, as <see cref="GetTraceAsync"/> gives them, with the same order and limit.</summary>
    /// <inheritdoc cref="GetTraceAsync" path="/param"/>
    Task<IReadOnlyList<TraceSpan>> GetTraceSpansAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken);

    /// <summary>
    /// The spans with an id in one trace, the earliest first: none, one, or several where the two sides of a call share it; at most
    /// <see cref="TraceLimits.SameIdMax"/>.
    /// </summary>
    /// <param name="tenant">Whose trace.</param>
    /// <param name="traceId">The trace.</param>
    /// <param name="spanId">The span.</param>
    /// <param name="hint">Where it is known to start; <see langword="null"/> for anywhere.</param>
    /// <param name="cancellationToken">Stops the work in the store too.</param>
    Task<IReadOnlyList<Span>> GetSpansAsync(TenantId tenant, TraceId traceId, SpanId spanId, TimeRange? hint, CancellationToken cancellationToken);

    /// <summary>The ids of those spans of a trace that match, at most <see cref="TraceLimits.SpansMax"/>.</summary>
    Task<IReadOnlySet<SpanId>> FindTraceSpanIdsAsync(
        TenantId tenant, TraceId traceId, TimeRange range, TraceSearch search, CancellationToken cancellationToken);

    /// <summary>The names of the services with spans in the range, which is widened to whole minutes, in order; at most <see cref="OperationName.NamesMax"/>.</summary>
    Task<IReadOnlyList<string>> FindServiceNamesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken);

    /// <summary>What spans of a service in the range, which is widened to whole minutes, are called, in order; at most <see cref="OperationName.NamesMax"/>.</summary>
    Task<IReadOnlyList<OperationName>> FindOperationNamesAsync(TenantId tenant, string service, TimeRange range, CancellationToken cancellationToken);

    /// <summary>Searches spans in the order of the query. Paging on while inserts go on gives every span once that was there at the first page.</summary>
    Task<Page<Span>> FindSpansAsync(SpanQuery query, CancellationToken cancellationToken);

    /// <summary>Searches traces in the order of the query. A page may hold fewer traces than asked for although more follow.</summary>
    Task<Page<TraceSummary>> FindTracesAsync(TraceQuery query, CancellationToken cancellationToken);

    /// <summary>Every service with spans in the range, which is widened to whole minutes, by name.</summary>
    Task<IReadOnlyList<ServiceSummary>> FindServicesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken);

    /// <summary>One service and its operations in the range, which is widened to whole minutes; <see langword="null"/> where it has no spans there.</summary>
    Task<ServiceDetail?> GetServiceAsync(TenantId tenant, TimeRange range, string service, CancellationToken cancellationToken);

    /// <summary>Rate, errors and durations over time.</summary>
    Task<RedAnswer> FindRedAsync(RedQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Who calls whom in the range, which is widened to whole minutes. Of a range with more than <see cref="ServiceLimits.MapSpansMax"/> spans
    /// whose calls are not stored yet the newest part is looked at.
    /// </summary>
    Task<ServiceMap> FindServiceMapAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken);
}
