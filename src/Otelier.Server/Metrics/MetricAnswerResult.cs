using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Metrics;
using Otelier.Storage;

namespace Otelier.Server.Metrics;

/// <summary>An answer as <c>{series: […], stepMillis, warnings}</c>, written as it goes.</summary>
internal sealed class MetricAnswerResult(MetricAnswer answer) : JsonAnswer
{
    private const long NanosPerMilli = 1_000_000;

    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        await json.WriteListAsync(context, "series", answer.Series, series => MetricJson.Write(json, answer, series));
        json.WriteNumber("stepMillis", answer.Grid.StepNanos / NanosPerMilli);
        json.WriteWarnings(answer.Warnings);
        json.WriteEndObject();
    }
}

/// <summary>An answer with one step as <c>{timeUnixMillis, series: […], warnings}</c>, written as it goes.</summary>
internal sealed class MetricInstantResult(MetricAnswer answer) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        // The moment itself is the last of the step.
        json.WriteNumber("timeUnixMillis", (long)((answer.Grid.Range.EndUnixNano - 1) / 1_000_000));
        await json.WriteListAsync(context, "series", answer.Series, series => MetricJson.WriteInstant(json, answer, series));
        json.WriteWarnings(answer.Warnings);
        json.WriteEndObject();
    }
}

/// <summary>A list that is told whole: <c>{<i>name</i>: […], warnings}</c>.</summary>
internal sealed class MetricListResult<T>(string name, Page<T> page, Action<Utf8JsonWriter, T> write) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        await json.WriteListAsync(context, name, page.Items, item => write(json, item));
        json.WriteWarnings(page.Warnings);
        json.WriteEndObject();
    }
}
