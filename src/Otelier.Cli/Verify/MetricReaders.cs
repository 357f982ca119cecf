using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Otelier.Cli.Otlp;
using Otelier.Signals;

namespace Otelier.Cli.Verify;

/// <summary>Every way there is to read metrics back.</summary>
internal sealed class MetricReaders(ApiClient api, VerifyData data)
{
    private const double Tolerance = 1e-9;

    private static readonly (string Aggregation, double Expected)[] OfGauge =
    [
        ("avg", VerifyMetrics.GaugeValues.Average()),
        ("sum", VerifyMetrics.GaugeValues.Sum()),
        ("min", VerifyMetrics.GaugeValues.Min()),
        ("max", VerifyMetrics.GaugeValues.Max()),
        ("count", VerifyMetrics.GaugeValues.Length),
        ("last", VerifyMetrics.GaugeValues[^1]),
    ];

    public IEnumerable<Reader> All() =>
    [
        new("GET /api/v1/metrics", Names),
        new("GET /api/v1/metrics/{name}?format=otlp", PointsAsOtlp),
        .. OfGauge.Select(a => new Reader($"POST /api/v1/metrics/query {a.Aggregation}", ct => Aggregate(a.Aggregation, a.Expected, ct))),
        new("POST /api/v1/metrics/query groupBy", Grouped),
        new("POST /api/v1/metrics/query increase", Increase),
        new("POST /api/v1/metrics/query quantile", Quantile),
    ];

    private async Task<List<string>> Names(CancellationToken cancellationToken)
    {
        var (items, fault) = await api.GetAllAsync(
            "/api/v1/metrics", "metrics", [("start", Start), ("end", End), ("limit", "100")], cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        var faults = new List<string>();
        foreach (var metric in data.AllMetrics)
        {
            var found = items.Where(i => PlainShape.AsText(PlainShape.Property(i, "name")) == metric.Name).ToArray();
            if (found.Length != 1)
                faults.Add($"{(found.Length == 0 ? "lost" : "duplicate")}: metric {metric.Name}");
            else if (PlainShape.AsText(PlainShape.Property(found[0], "unit")) is var unit && unit != metric.Unit)
                faults.Add($"different: metric {metric.Name}: unit is '{unit}', was '{metric.Unit}'");
        }

        return faults;
    }

    private async Task<List<string>> PointsAsOtlp(CancellationToken cancellationToken)
    {
        var actual = new List<CanonicalItem>();
        foreach (var metric in data.AllMetrics)
        {
            var path = ApiClient.Path($"/api/v1/metrics/{metric.Name}", ("start", Start), ("end", End), ("limit", "1000"), ("format", "otlp"));
            var answer = await api.GetAsync(path, cancellationToken).ConfigureAwait(false);
            if (answer.Fault is not null)
                return [answer.Fault];

            // Runs before this one wrote the same metrics.
            actual.AddRange(CanonicalOtlp.Read(answer.Body, Signal.Metrics)
                .Where(p => p.Fields.GetValueOrDefault($"point.attributes[{VerifyData.RunKey}].stringValue") == data.Run));
        }

        return Comparison.Faults(Canonical.Of(ExportRequest.OfMetrics(data.Metrics)), actual);
    }

    private async Task<List<string>> Aggregate(string aggregation, double expected, CancellationToken cancellationToken)
    {
        var (series, fault) = await QueryAsync(VerifyMetrics.Gauge, aggregation, "a", grouped: false, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        return series is [var one] && Math.Abs(one.Value - expected) < Tolerance
            ? []
            : [$"different: {aggregation} of the gauge is {Show(series)}, should be {expected.ToString(CultureInfo.InvariantCulture)}"];
    }

    private async Task<List<string>> Grouped(CancellationToken cancellationToken)
    {
        var (series, fault) = await QueryAsync(VerifyMetrics.Gauge, "max", lane: null, grouped: true, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        var a = VerifyMetrics.GaugeValues.Max();
        var right = series.Count == 2
            && series.Any(s => s.Lane == "a" && Math.Abs(s.Value - a) < Tolerance)
            && series.Any(s => s.Lane == "b" && Math.Abs(s.Value - (a * 10)) < Tolerance);
        return right ? [] : [$"different: max of the gauge by lane is {Show(series)}"];
    }

    private async Task<List<string>> Increase(CancellationToken cancellationToken)
    {
        var (series, fault) = await QueryAsync(VerifyMetrics.Counter, "increase", "a", grouped: false, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];

        // From the first point to the last it is exact; who counts from the start time or extrapolates to the borders gets more.
        double least = VerifyMetrics.CounterValues[^1] - VerifyMetrics.CounterValues[0];
        double most = VerifyMetrics.CounterValues[^1];
        return series is [var one] && one.Value >= least - Tolerance && one.Value <= most + Tolerance
            ? []
            : [$"different: increase of the counter is {Show(series)}, should be from {least} to {most}"];
    }

    private async Task<List<string>> Quantile(CancellationToken cancellationToken)
    {
        var (series, fault) = await QueryAsync(VerifyMetrics.Histogram, "quantile", "a", grouped: false, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];

        // Of 1, 2, 3 and 4 values in the buckets up to 1, 10, 100 and above, the median is in the third.
        return series is [var one] && one.Value >= VerifyMetrics.Bounds[1] && one.Value <= VerifyMetrics.Bounds[2]
            ? []
            : [$"different: median of the histogram is {Show(series)}, should be from {VerifyMetrics.Bounds[1]} to {VerifyMetrics.Bounds[2]}"];
    }

    private string Start => ApiClient.Time(data.Minute);

    private string End => ApiClient.Time(data.Minute.AddMinutes(1));

    /// <summary>Asks for the one minute in one step; a series without any value in it does not count.</summary>
    private async Task<(List<(string Lane, double Value)> Series, string? Fault)> QueryAsync(
        string metric, string aggregation, string? lane, bool grouped, CancellationToken cancellationToken)
    {
        var filter = new JsonObject { [VerifyData.RunKey] = data.Run };
        if (lane is not null)
            filter[VerifyMetrics.LaneKey] = lane;
        var query = new JsonObject
        {
            ["metric"] = metric,
            ["start"] = Start,
            ["end"] = End,
            ["step"] = "60s",
            ["aggregation"] = aggregation,
            ["filter"] = filter,
        };
        if (aggregation == "quantile")
            query["quantile"] = 0.5;
        if (grouped)
            query["groupBy"] = new JsonArray(VerifyMetrics.LaneKey);

        var answer = await api.PostAsync("/api/v1/metrics/query", query.ToJsonString(), cancellationToken).ConfigureAwait(false);
        if (answer.Fault is not null)
            return ([], answer.Fault);
        var series = PlainShape.Property(answer.Body, "series");
        if (series.ValueKind != JsonValueKind.Array)
            return ([], "POST /api/v1/metrics/query answers no series");
        var values = new List<(string, double)>();
        foreach (var one in series.EnumerateArray())
        {
            var label = PlainShape.AsText(PlainShape.Property(PlainShape.Property(one, "labels"), VerifyMetrics.LaneKey));
            var points = PlainShape.Property(one, "points");
            if (points.ValueKind == JsonValueKind.Array)
                values.AddRange(points.EnumerateArray()
                    .Where(p => p.ValueKind == JsonValueKind.Array && p.GetArrayLength() == 2 && p[1].ValueKind == JsonValueKind.Number)
                    .Select(p => (label, p[1].GetDouble())));
        }

        return (values, null);
    }

    private static string Show(List<(string Lane, double Value)> series) =>
        series.Count == 0 ? "nothing" : string.Join(", ", series.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Lane}={s.Value}")));
}
