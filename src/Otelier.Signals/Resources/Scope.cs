using Otelier.Signals.Attributes;

namespace Otelier.Signals.Resources;

/// <summary>The instrumentation that made an item (opentelemetry.proto.common.v1.InstrumentationScope). Items of one scope share the instance.</summary>
/// <param name="SchemaUrl">The schema_url that stood beside the scope.</param>
public sealed record Scope(string Name, string Version, AttributeMap Attributes, uint DroppedAttributesCount, string SchemaUrl)
{
    /// <summary>A scope that says nothing.</summary>
    public static Scope Empty { get; } = new("", "", AttributeMap.Empty, 0, "");
}
