using System.Globalization;
using System.Text.Json;
using Otelier.Signals.Columns;
using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;

namespace Otelier.Signals.Api;

/// <summary>Spans, log records and points as rows of a table. What has no place in a cell is JSON.</summary>
public static class SignalCsv
{
    public static IReadOnlyList<string> SpanColumns { get; } =
    [
        "startTime", "durationNanos", "serviceName", "name", "kind", "status", "statusMessage", "traceId", "spanId", "parentSpanId", "scopeName",
        "attributes", "resourceAttributes", "events", "links",
    ];

    public static IReadOnlyList<string> LogColumns { get; } =
    [
        "time", "observedTime", "severityNumber", "severityText", "serviceName", "body", "traceId", "spanId", "eventName", "scopeName",
        "attributes", "resourceAttributes", "id",
    ];

    public static IReadOnlyList<string> PointColumns { get; } =
    [
        "time", "startTime", "name", "type", "unit", "serviceName", "value", "count", "sum", "min", "max", "seriesId", "attributes", "resourceAttributes", "point",
    ];

    public static void Write(CsvRow row, Span span)
    {
        row.WriteTime(span.StartTimeUnixNano);
        row.Write(span.DurationNanos);
        row.Write(span.Resource.ServiceName);
        row.Write(span.Name);
        row.Write(SpanJson.KindWord(span.Kind));
        row.Write(SpanJson.StatusWord(span.StatusCode));
        row.Write(span.StatusMessage);
        row.Write(span.TraceId.ToString());
        row.Write(span.SpanId.ToString());
        row.Write(span.ParentSpanId.IsZero ? "" : span.ParentSpanId.ToString());
        row.Write(span.Scope.Name);
        row.Write(span.Attributes);
        row.Write(span.Resource.Attributes);
        row.WriteJson(span, SpanJson.WriteEvents);
        row.WriteJson(span, SpanJson.WriteLinks);
        row.End();
    }

    public static void Write(CsvRow row, LogRecord record)
    {
        row.WriteTime(record.TimestampUnixNano);
        row.WriteTime(record.ObservedTimeUnixNano);
        row.Write(record.SeverityNumber.ToString(CultureInfo.InvariantCulture));
        row.Write(record.SeverityText);
        row.Write(record.Resource.ServiceName);
        if (record.Body is not { } body)
            row.Write("");
        else if (body.Value.Letter == AttributeLetter.String)
            row.Write(body.Value.Text);
        else
            row.WriteJson(body, WriteBody);
        row.Write(record.TraceId.IsZero ? "" : record.TraceId.ToString());
        row.Write(record.SpanId.IsZero ? "" : record.SpanId.ToString());
        row.Write(record.EventName);
        row.Write(record.Scope.Name);
        row.Write(record.Attributes);
        row.Write(record.Resource.Attributes);
        row.Write(record.Id?.ToString() ?? "");
        row.End();
    }

    /// <summary>A number is a cell; of a distribution count, sum, min and max are, and all of it is in the last cell.</summary>
    public static void Write(CsvRow row, MetricPoint point)
    {
        var (series, metric) = (point.Series, point.Series.Metric);
        var distribution = point as MetricPoint.Distribution;
        var summary = point as MetricPoint.Summary;
        row.WriteTime(point.TimeUnixNano);
        row.WriteTime(point.StartTimeUnixNano);
        row.Write(metric.Name);
        row.Write(MetricJson.TypeWords[(int)metric.Type]);
        row.Write(metric.Unit);
        row.Write(series.Resource.ServiceName);
        row.Write(point is MetricPoint.Number number ? TextOf(number.Value) : "");
        row.Write((distribution?.Count ?? summary?.Count)?.ToString(CultureInfo.InvariantCulture) ?? "");
        row.Write(distribution?.Sum ?? summary?.Sum);
        row.Write(distribution?.Min);
        row.Write(distribution?.Max);
        row.Write(series.Id.ToString("x16", CultureInfo.InvariantCulture));
        row.Write(series.Attributes);
        row.Write(series.Resource.Attributes);
        if (point is MetricPoint.Number)
            row.Write("");
        else
            row.WriteJson(point, MetricJson.Write);
        row.End();
    }

    private static string TextOf(MetricNumber number) => number.Kind switch
    {
        NumberKind.Int => number.IntValue.ToString(CultureInfo.InvariantCulture),
        NumberKind.Double => number.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => "",
    };

    private static void WriteBody(Utf8JsonWriter json, LogBody body) => AnyValueText.WriteJson(json, body.Value.Text, (byte)body.Value.Letter);
}
