using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Metrics;
using Otelier.Storage;

namespace Otelier.Server.Metrics;

/// <summary>An answer as <c>{series: […], stepMillis, warnings}</c>, written as it goes.</summary>
internal sealed class MetricAnswerResult(MetricAnswer answer) : IResult
{
    private const long NanosPerMilli = 1_000_000;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        json.WriteStartArray("series");
        foreach (var series in answer.Series)
        {
            MetricJson.Write(json, answer, series);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteNumber("stepMillis", answer.Grid.StepNanos / NanosPerMilli);
        json.WriteWarnings(answer.Warnings);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>An answer with one step as <c>{timeUnixMillis, series: […], warnings}</c>, written as it goes.</summary>
internal sealed class MetricInstantResult(MetricAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        // The moment itself is the last of the step.
        json.WriteNumber("timeUnixMillis", (long)((answer.Grid.Range.EndUnixNano - 1) / 1_000_000));
        json.WriteStartArray("series");
        foreach (var series in answer.Series)
        {
            MetricJson.WriteInstant(json, answer, series);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteWarnings(answer.Warnings);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>A list that is told whole: <c>{<i>name</i>: […], warnings}</c>.</summary>
internal sealed class MetricListResult<T>(string name, Page<T> page, Action<Utf8JsonWriter, T> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        json.WriteStartObject();
        json.WriteStartArray(name);
        foreach (var item in page.Items)
        {
            write(json, item);
            await json.FlushWhenLargeAsync(httpContext);
        }

        json.WriteEndArray();
        json.WriteWarnings(page.Warnings);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}
