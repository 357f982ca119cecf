using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Columns;
using Otelier.Signals.Ids;
using Otelier.Signals.Services;
using Otelier.Signals.Traces;
using Otelier.Signals.Traces.Analysis;
using Otelier.Storage.ClickHouse.Services;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Traces;
using Otelier.Storage.ClickHouse.Upkeep;

namespace Otelier.Storage.ClickHouse;

/// <summary>Spans in a ClickHouse engine: <c>otel_traces</c> and what is derived from it.</summary>
/// <param name="inserter">Writes.</param>
/// <param name="queries">Reads.</param>
/// <param name="calls">Is told who has new spans.</param>
internal sealed class ClickHouseTraceStore(BlockInserter inserter, QueryRunner queries, CallUpkeep calls) : ITraceStore
{
    private readonly SpanReader _spans = new(queries);
    private readonly TraceReader _traces = new(queries);
    private readonly RankedTraceReader _rankedTraces = new(queries);
    private readonly TraceTreeReader _trees = new(queries);
    private readonly NameReader _names = new(queries);
    private readonly ServiceReader _services = new(queries);
    private readonly RedReader _rates = new(queries);
    private readonly ServiceMapReader _maps = new(queries, new ServiceReader(queries), new CallReader(queries));
    private readonly CatalogWriter _catalog = new(inserter);
    private readonly RedRollup _red = new();

    /// <inheritdoc/>
    public async Task WriteAsync(Block<SpanBatch> block, CancellationToken cancellationToken)
    {
        // The engine works on its own threads meanwhile.
        var spans = inserter.InsertAsync(SpanTable.Table, block, block.Count, block.Token, cancellationToken);
        try
        {
            _red.Clear();
            foreach (var part in block.Parts)
                _red.Add(part.Batch, part.Tenant);
            _catalog.Prepare(block, AddAttributes);
            await inserter.InsertAsync(RedTable.Operations, _red, _red.Operations.Count, block.Token, cancellationToken);
            await inserter.InsertAsync(RedTable.Services, _red, _red.Services.Count, block.Token, cancellationToken);
            await _catalog.InsertAsync(cancellationToken);
        }
        finally
        {
            // The block must not be let go of while it is being read.
            await spans.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await spans;
        foreach (var part in block.Parts)
            calls.Notice(part.Tenant);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Span> GetTraceAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken) =>
        _spans.GetTraceAsync(tenant, traceId, hint, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Span> GetTracesAsync(TenantId tenant, IReadOnlyList<TraceId> traceIds, TimeRange range, CancellationToken cancellationToken) =>
        _spans.GetTracesAsync(tenant, traceIds, range, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TraceSpan>> GetTraceSpansAsync(TenantId tenant, TraceId traceId, TimeRange? hint, CancellationToken cancellationToken) =>
        _trees.GetTraceSpansAsync(tenant, traceId, hint, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Span>> GetSpansAsync(
        TenantId tenant, TraceId traceId, SpanId spanId, TimeRange? hint, CancellationToken cancellationToken) =>
        _trees.GetSpansAsync(tenant, traceId, spanId, hint, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlySet<SpanId>> FindTraceSpanIdsAsync(
        TenantId tenant, TraceId traceId, TimeRange range, TraceSearch search, CancellationToken cancellationToken) =>
        _trees.FindTraceSpanIdsAsync(tenant, traceId, range, search, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindServiceNamesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken) =>
        _names.FindServiceNamesAsync(tenant, range, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OperationName>> FindOperationNamesAsync(
        TenantId tenant, string service, TimeRange range, CancellationToken cancellationToken) =>
        _names.FindOperationNamesAsync(tenant, service, range, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Span>> FindSpansAsync(SpanQuery query, CancellationToken cancellationToken) => _spans.FindSpansAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<TraceSummary>> FindTracesAsync(TraceQuery query, CancellationToken cancellationToken) =>
        query.Order == TraceOrder.Newest ? _traces.FindTracesAsync(query, cancellationToken) : _rankedTraces.FindTracesAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<ulong?> CountSpansAsync(SpanQuery query, CancellationToken cancellationToken) =>
        queries.CountAsync(CountSql.Rows(SearchedTable.Spans, query.Tenant, query.Range, query.Filter), cancellationToken);

    /// <inheritdoc/>
    public Task<ulong?> CountTracesAsync(TraceQuery query, CancellationToken cancellationToken) =>
        queries.CountAsync(CountSql.Distinct("TraceId", SearchedTable.Spans, query.Tenant, query.Range, query.Filter), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ServiceSummary>> FindServicesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken) =>
        _services.FindServicesAsync(tenant, range, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceDetail?> GetServiceAsync(TenantId tenant, TimeRange range, string service, CancellationToken cancellationToken) =>
        _services.GetServiceAsync(tenant, range, service, cancellationToken);

    /// <inheritdoc/>
    public Task<RedAnswer> FindRedAsync(RedQuery query, CancellationToken cancellationToken) => _rates.FindRedAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceMap> FindServiceMapAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken) =>
        _maps.FindServiceMapAsync(tenant, range, cancellationToken);

    private static void AddAttributes(CatalogRollup rollup, BlockPart<SpanBatch> part)
    {
        var batch = part.Batch;
        rollup.Add(Signal.Traces, AttributeLevel.Span, part.Tenant, batch.Attributes, ServiceOf);
        AddNested(AttributeLevel.Event, batch.Events.Attributes, batch.EventEnds);
        AddNested(AttributeLevel.Link, batch.Links.Attributes, batch.LinkEnds);

        Utf8Name ServiceOf(int span) => batch.Resources.ServiceName.NameOf(batch.Scopes.ResourceIndex[batch.ScopeIndex[span]]);

        void AddNested(AttributeLevel level, AttributesColumn attributes, FixedColumn<int> ends)
        {
            var span = 0;
            rollup.Add(Signal.Traces, level, part.Tenant, attributes, element =>
            {
                while (ends[span] <= element)
                    span++;
                return ServiceOf(span);
            });
        }
    }
}
