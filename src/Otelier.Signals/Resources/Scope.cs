using Otelier.Signals.Attributes;

namespace Otelier.Signals.Resources;

/// <summary>The instrumentation that made an item (opentelemetry.proto.common.v1.InstrumentationScope). Items of one scope share the instance.</summary>
/// <param name="Name">The instrumentation's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Attributes">As sent.</param>
/// <param name="DroppedAttributesCount">How many attributes the sender left out.</param>
/// <param name="SchemaUrl">The schema_url that stood beside the scope.</param>
public sealed record Scope(string Name, string Version, AttributeMap Attributes, uint DroppedAttributesCount, string SchemaUrl)
{
    /// <summary>A scope that says nothing.</summary>
    public static Scope Empty { get; } = new("", "", AttributeMap.Empty, 0, "");
}
