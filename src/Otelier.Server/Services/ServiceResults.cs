using System.Globalization;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Services;

namespace Otelier.Server.Services;

/// <summary>A service as <c>{service, operations, warnings}</c>.</summary>
internal sealed class ServiceDetailResult(ServiceDetail detail, ulong? apdexNanos) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        json.WritePropertyName("service");
        ServiceJson.Write(json, detail.Service, apdexNanos);
        await json.WriteListAsync(context, "operations", detail.Operations, operation => ServiceJson.Write(json, operation, apdexNanos));
        json.WriteWarnings(detail.Warnings);
        json.WriteEndObject();
    }
}

/// <summary>Rate, errors and durations as <c>{stepNanos, series, warnings}</c>, written as it goes.</summary>
internal sealed class RedResult(RedAnswer answer) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        json.WriteNumber("stepNanos", (ulong)answer.StepMinutes * TimeRange.MinuteNanos);
        await json.WriteListAsync(context, "series", answer.Series, series => ServiceJson.Write(json, series));
        json.WriteWarnings(answer.Warnings);
        json.WriteEndObject();
    }
}

/// <summary>A map as <c>{nodes, edges, range, warnings}</c>, written as it goes.</summary>
internal sealed class ServiceMapResult(ServiceMap map) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        await json.WriteListAsync(context, "nodes", map.Nodes, node => ServiceJson.Write(json, node));
        await json.WriteListAsync(context, "edges", map.Edges, edge => ServiceJson.Write(json, edge));
        json.WriteStartObject("range");
        json.WriteString("startUnixNano", map.Range.StartUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteString("endUnixNano", map.Range.EndUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteWarnings(map.Warnings);
        json.WriteEndObject();
    }
}
