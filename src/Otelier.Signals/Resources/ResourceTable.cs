using Otelier.Signals.Columns;

namespace Otelier.Signals.Resources;

/// <summary>The resources of one batch, each kept once; rows point at them through their scope.</summary>
public sealed class ResourceTable : ColumnSet
{
    public ResourceTable()
    {
        Attributes = Own(new AttributesColumn());
        ServiceName = Own(new DictionaryColumn());
        SchemaUrl = Own(new StringColumn());
        DroppedAttributesCount = Own(new FixedColumn<uint>());
        EntityRefs = Own(new StringColumn());
    }

    public int Count => Attributes.Count;

    public AttributesColumn Attributes { get; }

    /// <summary>The value of <c>service.name</c>; empty where the resource has none.</summary>
    public DictionaryColumn ServiceName { get; }

    public StringColumn SchemaUrl { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    /// <summary>The resource's entity references as OTLP/JSON text of a Resource that has nothing else; empty where there are none.</summary>
    public StringColumn EntityRefs { get; }
}
