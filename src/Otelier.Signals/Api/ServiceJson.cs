using System.Text.Json;
using Otelier.Signals.Services;

namespace Otelier.Signals.Api;

/// <summary>Services as the API shows them.</summary>
public static class ServiceJson
{
    public static void Write(Utf8JsonWriter json, ServiceSummary service)
    {
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteNumber("spanCount", service.SpanCount);
        json.WriteNumber("errorCount", service.ErrorCount);
        json.WriteNumber("ratePerSecond", service.RatePerSecond);
        json.WriteNumber("errorRate", service.ErrorRate);
        json.WriteNumber("durationAverageNanos", Math.Round(service.DurationAverageNanos));
        json.WriteNumber("durationP50Nanos", Math.Round(service.DurationP50Nanos));
        json.WriteNumber("durationP95Nanos", Math.Round(service.DurationP95Nanos));
        json.WriteNumber("durationP99Nanos", Math.Round(service.DurationP99Nanos));
        json.WriteNumber("durationMaxNanos", service.DurationMaxNanos);
        AttributesJson.WriteNanos(json, "firstSeenUnixNano", service.FirstSeenUnixNano);
        AttributesJson.WriteNanos(json, "lastSeenUnixNano", service.LastSeenUnixNano);
        json.WriteNumber("operationCount", service.OperationCount);
        json.WriteEndObject();
    }
}
