using Otelier.Signals;
using Otelier.Signals.Catalog;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse;

/// <summary>Spans in a ClickHouse engine: <c>otel_traces</c> and what is derived from it.</summary>
internal sealed class ClickHouseTraceStore(BlockInserter inserter) : ITraceStore
{
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
        }
        finally
        {
            // The block must not be let go of while it is being read.
            await spans.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await spans;
        await inserter.InsertAsync(RedTable.Table, _red, _red.Lines.Count, block.Token, cancellationToken);
        await _catalog.InsertAsync(cancellationToken);
    }

    private static void AddAttributes(CatalogRollup rollup, BlockPart<SpanBatch> part)
    {
        var batch = part.Batch;
        var services = batch.Resources.ServiceName;
        rollup.Add(Signal.Traces, AttributeLevel.Span, part.Tenant, batch.Attributes, span => services.NameOf(batch.Scopes.ResourceIndex[batch.ScopeIndex[span]]));
    }
}
