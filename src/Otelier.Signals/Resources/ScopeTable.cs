using Otelier.Signals.Columns;

namespace Otelier.Signals.Resources;

/// <summary>The instrumentation scopes of one batch, each kept once together with the number of its resource.</summary>
public sealed class ScopeTable : ColumnSet
{
    public ScopeTable()
    {
        ResourceIndex = Own(new FixedColumn<int>());
        Name = Own(new StringColumn());
        Version = Own(new StringColumn());
        Attributes = Own(new AttributesColumn());
        DroppedAttributesCount = Own(new FixedColumn<uint>());
        SchemaUrl = Own(new StringColumn());
    }

    public int Count => ResourceIndex.Count;

    /// <summary>For every scope its resource's place in the batch's <see cref="ResourceTable"/>.</summary>
    public FixedColumn<int> ResourceIndex { get; }

    public StringColumn Name { get; }

    public StringColumn Version { get; }

    public AttributesColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    public StringColumn SchemaUrl { get; }
}
