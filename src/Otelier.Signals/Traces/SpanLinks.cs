using Otelier.Signals.Columns;

namespace Otelier.Signals.Traces;

/// <summary>The links of a batch's spans, one span's after the other's.</summary>
public sealed class SpanLinks : ColumnSet
{
    public SpanLinks()
    {
        TraceId = Own(new StringColumn());
        SpanId = Own(new StringColumn());
        TraceState = Own(new StringColumn());
        Attributes = Own(new AttributesColumn());
        DroppedAttributesCount = Own(new FixedColumn<uint>());
        Flags = Own(new FixedColumn<uint>());
    }

    public int Count => Flags.Count;

    /// <summary>Lower-case hexadecimal. A link's ids are kept whatever their length: a bad link must not cost the span.</summary>
    public StringColumn TraceId { get; }

    /// <summary>Lower-case hexadecimal, whatever its length.</summary>
    public StringColumn SpanId { get; }

    public StringColumn TraceState { get; }

    public AttributesColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    public FixedColumn<uint> Flags { get; }
}
