using Otelier.Signals.Columns;
using Otelier.Signals.Ids;

namespace Otelier.Signals.Traces;

/// <summary>The spans of one Export request, as columns (opentelemetry.proto.trace.v1).</summary>
public sealed class SpanBatch : SignalBatch
{
    public SpanBatch()
    {
        ScopeIndex = Own(new FixedColumn<int>());
        TraceId = Own(new FixedColumn<TraceId>());
        SpanId = Own(new FixedColumn<SpanId>());
        ParentSpanId = Own(new FixedColumn<SpanId>());
        TraceState = Own(new StringColumn());
        Flags = Own(new FixedColumn<uint>());
        Name = Own(new DictionaryColumn());
        Kind = Own(new FixedColumn<int>());
        StartTimeUnixNano = Own(new FixedColumn<ulong>());
        EndTimeUnixNano = Own(new FixedColumn<ulong>());
        Attributes = Own(new AttributesColumn());
        DroppedAttributesCount = Own(new FixedColumn<uint>());
        EventEnds = Own(new FixedColumn<int>());
        DroppedEventsCount = Own(new FixedColumn<uint>());
        LinkEnds = Own(new FixedColumn<int>());
        DroppedLinksCount = Own(new FixedColumn<uint>());
        StatusCode = Own(new FixedColumn<int>());
        StatusMessage = Own(new StringColumn());
    }

    public override Signal Signal => Signal.Traces;

    public override int Count => TraceId.Count;

    /// <summary>For every span its scope's place in <see cref="SignalBatch.Scopes"/>.</summary>
    public FixedColumn<int> ScopeIndex { get; }

    public FixedColumn<TraceId> TraceId { get; }

    public FixedColumn<SpanId> SpanId { get; }

    /// <summary>Zero for a root.</summary>
    public FixedColumn<SpanId> ParentSpanId { get; }

    public StringColumn TraceState { get; }

    public FixedColumn<uint> Flags { get; }

    public DictionaryColumn Name { get; }

    /// <summary>The protocol's number; numbers it does not know survive.</summary>
    public FixedColumn<int> Kind { get; }

    public FixedColumn<ulong> StartTimeUnixNano { get; }

    public FixedColumn<ulong> EndTimeUnixNano { get; }

    public AttributesColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    /// <summary>For every span where its events end in <see cref="Events"/>.</summary>
    public FixedColumn<int> EventEnds { get; }

    public SpanEvents Events { get; } = new();

    public FixedColumn<uint> DroppedEventsCount { get; }

    /// <summary>For every span where its links end in <see cref="Links"/>.</summary>
    public FixedColumn<int> LinkEnds { get; }

    public SpanLinks Links { get; } = new();

    public FixedColumn<uint> DroppedLinksCount { get; }

    /// <summary>0 unset, 1 ok, 2 error; other numbers survive.</summary>
    public FixedColumn<int> StatusCode { get; }

    public StringColumn StatusMessage { get; }

    public override long MemoryBytes => base.MemoryBytes + Events.Capacity + Links.Capacity;

    /// <inheritdoc/>
    public override int CountQuarantined(long receivedUnixNano) => TimeClass.CountQuarantined(StartTimeUnixNano.Values, receivedUnixNano);

    /// <summary>Takes back everything after the first <paramref name="count"/> spans, whatever has been added since.</summary>
    internal void TakeBack(int count)
    {
        Truncate(count);
        Events.Truncate(count == 0 ? 0 : EventEnds[count - 1]);
        Links.Truncate(count == 0 ? 0 : LinkEnds[count - 1]);
    }

    protected override void ClearNested()
    {
        Events.Clear();
        Links.Clear();
    }

    protected override void ReleaseNested()
    {
        Events.Release();
        Links.Release();
    }
}
