using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Metrics;

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
