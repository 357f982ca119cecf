using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Benchmarks.Decode;

/// <summary>Takes the bytes of one table's rows in Native format; they are valid for the call only.</summary>
internal delegate void TableSink(string table, IReadOnlyList<string> columns, ReadOnlySpan<byte> native);

/// <summary>The way of a signal's requests to blocks, as the server goes it: decode into pooled batches, write as Native.</summary>
internal abstract class BlockPath : IDisposable
{
    public static BlockPath Of(Signal signal) => signal switch
    {
        Signal.Traces => new BlockPath<SpanBatch>(new TraceDecoder(), [new(SpanTable.Table, block => block.Count)]),
        Signal.Logs => new BlockPath<LogBatch>(new LogDecoder(), [new(LogTable.Table, block => block.Count)]),
        Signal.Metrics => new BlockPath<MetricBatch>(
            new MetricsDecoder(), [.. MetricTables.All.Select(table => new BlockTable<MetricBatch>(table.Table, table.Rows))]),
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal."),
    };

    /// <summary>Makes one block of <paramref name="bodies"/> and gives it to <paramref name="sink"/>, table by table.</summary>
    /// <returns>How many items the block has.</returns>
    public abstract int Build(IReadOnlyList<byte[]> bodies, long receivedUnixNano, TableSink sink);

    public abstract void Dispose();
}

/// <inheritdoc cref="BlockPath"/>
internal sealed class BlockPath<TBatch>(SignalDecoder<TBatch> decoder, IReadOnlyList<BlockTable<TBatch>> tables) : BlockPath
    where TBatch : SignalBatch, new()
{
    private const long PoolBytesMax = 4L << 30;

    private readonly BatchPool<TBatch> _pool = new(PoolBytesMax);
    private readonly Rejections _rejections = new();
    private readonly NativeColumnWriter _writer = new();
    private readonly ByteBuffer _output = new(1 << 20);
    private readonly List<BlockPart<TBatch>> _parts = [];

    public override int Build(IReadOnlyList<byte[]> bodies, long receivedUnixNano, TableSink sink)
    {
        for (var i = 0; i < bodies.Count; i++)
        {
            var batch = _pool.Rent();
            var error = decoder.Decode(bodies[i], batch, _rejections);
            if (error != DecodeError.None || _rejections.Total > 0)
                throw new InvalidOperationException($"The generator's own request was refused: {error} {_rejections.Describe()}");
            _parts.Add(new BlockPart<TBatch>(batch, TenantId.Default, receivedUnixNano));
        }

        var block = new Block<TBatch>("bench", _parts);
        foreach (var (table, count) in tables)
        {
            var rows = count(block);
            if (rows == 0)
                continue;
            _output.Clear();
            table.Write(block, rows, _writer, _output);
            sink(table.Name, table.ColumnNames, _output.WrittenSpan);
        }

        foreach (var part in _parts)
            part.Batch.Dispose();
        _parts.Clear();
        return block.Count;
    }

    public override void Dispose()
    {
        _pool.Trim();
        decoder.Dispose();
        _writer.Dispose();
        _output.Dispose();
    }
}
