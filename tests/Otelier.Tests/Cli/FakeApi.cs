using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Otelier.Cli.Verify;
using Otelier.Signals;

namespace Otelier.Tests.Cli;

/// <summary>
/// The REST contract over what a sink has received, just enough of it for <c>otelier verify</c>. <paramref name="store"/> decides
/// what becomes of each item between being written and being read.
/// </summary>
internal sealed class FakeApi(OtlpSink sink, Func<JsonNode, IEnumerable<JsonNode>> store)
{
    public void Map(WebApplication app)
    {
        app.MapGet("/api/v1/traces/{id}", (string id, HttpContext c) => c.Request.Query["format"] == "otlp"
            ? Json(Otlp(Signal.Traces, s => (string?)s["traceId"] == id))
            : Json(new JsonObject { ["traceId"] = id, ["spans"] = new JsonArray([.. Spans().Where(s => (string?)s["traceId"] == id)]) }));
        app.MapGet("/api/v1/traces", (HttpContext c) => Page(c, "traces", Spans().GroupBy(s => (string)s["traceId"]!).Select(t => new JsonObject
        {
            ["traceId"] = t.Key,
            ["rootName"] = t.First(s => s["parentSpanId"] is null)["name"]!.DeepClone(),
            ["rootService"] = VerifyData.Service,
            ["spanCount"] = t.Count(),
            ["errorCount"] = t.Count(s => (int?)s["status"]?["code"] == 2),
        })));
        app.MapGet("/api/v1/spans", (HttpContext c) => Page(
            c, "spans", Spans().Where(s => c.Request.Query["status"] != "error" || (int?)s["status"]?["code"] == 2)));
        app.MapGet("/api/v1/logs", (HttpContext c) => c.Request.Query["format"] == "otlp"
            ? Json(Otlp(Signal.Logs, _ => true))
            : Page(c, "logs", Stored(Signal.Logs).Select(Plain)));
        app.MapGet("/api/v1/services", (HttpContext c) => Page(c, "services", [new JsonObject { ["name"] = VerifyData.Service }]));
        app.MapGet("/api/v1/metrics", (HttpContext c) => Page(c, "metrics", Stored(Signal.Metrics)
            .Select(m => new JsonObject { ["name"] = m.Item["name"]!.DeepClone(), ["unit"] = m.Item["unit"]!.DeepClone() })));
        app.MapGet("/api/v1/metrics/{name}", (string name) => Json(Otlp(Signal.Metrics, m => (string?)m["name"] == name)));
        app.MapPost("/api/v1/metrics/query", (Delegate)(async (HttpContext c) =>
            Json(Query((await JsonNode.ParseAsync(c.Request.Body, cancellationToken: c.RequestAborted))!))));
    }

    private IEnumerable<(JsonNode Item, JsonNode Resource)> Stored(Signal signal) =>
        sink.Items(signal).SelectMany(i => store(i.Item.DeepClone()).Select(item => (item, i.Resource)));

    private IEnumerable<JsonObject> Spans() => Stored(Signal.Traces).Select(Plain);

    private JsonObject Otlp(Signal signal, Func<JsonNode, bool> wanted)
    {
        var (resources, scopes, items) = signal switch
        {
            Signal.Traces => ("resourceSpans", "scopeSpans", "spans"),
            Signal.Logs => ("resourceLogs", "scopeLogs", "logRecords"),
            _ => ("resourceMetrics", "scopeMetrics", "metrics"),
        };
        var all = new JsonArray();
        foreach (var request in sink.Requests.Where(r => r.Signal == signal))
        {
            var copy = request.Message.DeepClone();
            foreach (var resource in copy[resources]!.AsArray())
            {
                foreach (var scope in resource![scopes]!.AsArray())
                {
                    var kept = scope![items]!.AsArray().Where(i => wanted(i!)).SelectMany(i => store(i!.DeepClone())).ToArray();
                    scope[items] = new JsonArray([.. kept.Select(k => k.DeepClone())]);
                }

                all.Add(resource.DeepClone());
            }
        }

        return new JsonObject { [resources] = all };
    }

    private static JsonObject Plain((JsonNode Item, JsonNode Resource) stored)
    {
        var plain = stored.Item.DeepClone().AsObject();
        plain["attributes"] = Attributes(stored.Item["attributes"]);
        plain["resource"] = new JsonObject { ["attributes"] = Attributes(stored.Resource["attributes"]) };
        plain["scope"] = new JsonObject { ["name"] = "otelier.verify", ["version"] = "1.2.3" };
        plain["serviceName"] = VerifyData.Service;
        if (plain["body"] is { } body)
            plain["body"] = Value(body);
        if (plain["startTimeUnixNano"] is { } start)
            plain["durationNanos"] = Nanos(plain["endTimeUnixNano"]!) - Nanos(start);
        return plain;
    }

    private static JsonObject Attributes(JsonNode? list)
    {
        var plain = new JsonObject();
        foreach (var entry in list?.AsArray() ?? [])
            plain[(string)entry!["key"]!] = Value(entry["value"]!);
        return plain;
    }

    private static JsonNode? Value(JsonNode value)
    {
        foreach (var (kind, content) in value.AsObject())
            return kind switch
            {
                "intValue" => long.Parse((string)content!, CultureInfo.InvariantCulture),
                "arrayValue" => new JsonArray([.. (content!["values"]?.AsArray() ?? []).Select(v => Value(v!))]),
                "kvlistValue" => Attributes(content!["values"]),
                _ => content!.DeepClone(),
            };
        return null;
    }

    private JsonObject Query(JsonNode query)
    {
        var metric = Stored(Signal.Metrics).Select(m => m.Item).FirstOrDefault(m => (string?)m["name"] == (string?)query["metric"]);
        var points = (metric?["gauge"] ?? metric?["sum"] ?? metric?["histogram"])?["dataPoints"]?.AsArray() ?? [];
        var filter = query["filter"]!.AsObject();
        var wanted = points.Where(p => filter.All(f => (string?)Attributes(p!["attributes"])[f.Key] == (string?)f.Value));
        var grouped = query["groupBy"] is not null;
        var series = wanted.GroupBy(p => grouped ? (string)Attributes(p!["attributes"])["lane"]! : "").Select(g => (JsonNode)new JsonObject
        {
            ["labels"] = grouped ? new JsonObject { ["lane"] = g.Key } : new JsonObject(),
            ["points"] = new JsonArray(new JsonArray(0, null), new JsonArray(60_000, Aggregate((string)query["aggregation"]!, [.. g.Select(Number)]))),
        });
        return new JsonObject { ["series"] = new JsonArray([.. series]), ["warnings"] = new JsonArray() };
    }

    private static double Aggregate(string aggregation, double[] values) => aggregation switch
    {
        "avg" => values.Average(),
        "sum" => values.Sum(),
        "min" => values.Min(),
        "max" => values.Max(),
        "count" => values.Length,
        "last" => values[^1],
        "increase" => values[^1] - values[0],
        _ => 55,
    };

    private static double Number(JsonNode? point) =>
        (double?)point!["asDouble"] ?? (point["asInt"] is { } whole ? double.Parse((string)whole!, CultureInfo.InvariantCulture) : 0);

    private static ulong Nanos(JsonNode time) => ulong.Parse((string)time!, CultureInfo.InvariantCulture);

    private static IResult Page(HttpContext context, string name, IEnumerable<JsonObject> all)
    {
        var limit = int.TryParse(context.Request.Query["limit"], CultureInfo.InvariantCulture, out var n) ? n : 100;
        var from = int.TryParse(context.Request.Query["cursor"], CultureInfo.InvariantCulture, out var c) ? c : 0;
        var items = all.ToArray();
        return Json(new JsonObject
        {
            [name] = new JsonArray([.. items.Skip(from).Take(limit).Select(i => i.DeepClone())]),
            ["nextCursor"] = from + limit < items.Length ? $"{from + limit}" : null,
            ["warnings"] = new JsonArray(),
        });
    }

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");
}
