using System.Globalization;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Services;

namespace Otelier.Server.Services;

/// <summary>A service as <c>{service, operations, warnings}</c>.</summary>
internal sealed class ServiceDetailResult(ServiceDetail detail, ulong? apdexNanos) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        json.WritePropertyName("service");
        ServiceJson.Write(json, detail.Service, apdexNanos);
        json.WriteStartArray("operations");
        foreach (var operation in detail.Operations)
            ServiceJson.Write(json, operation, apdexNanos);
        json.WriteEndArray();
        json.WriteWarnings(detail.Warnings);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>Rate, errors and durations as <c>{stepNanos, series, warnings}</c>, written as it goes.</summary>
internal sealed class RedResult(RedAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        json.WriteNumber("stepNanos", (ulong)answer.StepMinutes * RedSteps.MinuteNanos);
        json.WriteStartArray("series");
        foreach (var series in answer.Series)
        {
            ServiceJson.Write(json, series);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteWarnings(answer.Warnings);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>A map as <c>{nodes, edges, range, warnings}</c>, written as it goes.</summary>
internal sealed class ServiceMapResult(ServiceMap map) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (var node in map.Nodes)
        {
            ServiceJson.Write(json, node);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var edge in map.Edges)
        {
            ServiceJson.Write(json, edge);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteStartObject("range");
        json.WriteString("startUnixNano", map.Range.StartUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteString("endUnixNano", map.Range.EndUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteWarnings(map.Warnings);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}
