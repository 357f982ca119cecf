using Otelier.Signals.Attributes;

namespace Otelier.Signals.Resources;

/// <summary>What sent the telemetry (opentelemetry.proto.resource.v1.Resource). Items of one resource share the instance.</summary>
/// <param name="ServiceName">The value of <c>service.name</c>, empty where there is none.</param>
/// <param name="Attributes">As sent.</param>
/// <param name="DroppedAttributesCount">How many attributes the sender left out.</param>
/// <param name="SchemaUrl">The schema_url that stood beside the resource.</param>
/// <param name="EntityRefs">The entity references as OTLP/JSON text of a Resource that has nothing else; empty where there are none.</param>
public sealed record Resource(string ServiceName, AttributeMap Attributes, uint DroppedAttributesCount, string SchemaUrl, string EntityRefs)
{
    /// <summary>A resource that says nothing.</summary>
    public static Resource Empty { get; } = new("", AttributeMap.Empty, 0, "", "");
}
