using Otelier.Signals.Columns;

namespace Otelier.Signals.Traces;

/// <summary>The events of a batch's spans, one span's after the other's.</summary>
public sealed class SpanEvents : ColumnSet
{
    public SpanEvents()
    {
        TimeUnixNano = Own(new FixedColumn<ulong>());
        Name = Own(new DictionaryColumn());
        Attributes = Own(new AttributesColumn());
        DroppedAttributesCount = Own(new FixedColumn<uint>());
    }

    public int Count => TimeUnixNano.Count;

    public FixedColumn<ulong> TimeUnixNano { get; }

    public DictionaryColumn Name { get; }

    public AttributesColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }
}
