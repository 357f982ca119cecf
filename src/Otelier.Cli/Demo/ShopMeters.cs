using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>
/// Measures the shop as its services would: from the finished spans come counters and latency histograms with exemplars, from the
/// clock come gauges, and Redis is scraped as a Prometheus summary. All five metric types and both temporalities occur.
/// </summary>
internal sealed class ShopMeters(Shop shop, Random random, ulong startNanos)
{
    private const int RedisSamplesMax = 500;

    private readonly Dictionary<(ShopInstance Instance, string Route, string Method, int Status), HistogramSeries> _http = [];
    private readonly Dictionary<(ShopInstance Instance, string Method), ExponentialSeries> _rpc = [];
    private readonly Dictionary<(ShopInstance Instance, string Model, string Direction), HistogramSeries> _tokens = [];
    private readonly Dictionary<(ShopInstance Instance, string Outcome, string CardBrand), long> _payments = [];
    private readonly Dictionary<ShopInstance, long> _cartItems = [];
    private readonly List<double> _redisSeconds = [];
    private ulong _redisCount;
    private double _redisSum;
    private readonly ulong _start = startNanos;
    private ulong _lastCollection = startNanos;

    public void Observe(StagedSpan staged)
    {
        var span = staged.Span;
        var seconds = (span.EndNanos - span.StartNanos) / 1e9;
        var attributes = span.Attributes;
        if (span.Kind == SpanKind.Server && attributes.FindText("http.route") is { } route)
        {
            var key = (staged.Instance, route, attributes.FindText("http.request.method")!, (int)Whole(span, "http.response.status_code"));
            Series(_http, key, HistogramSeries.Seconds).Record(seconds, span);
        }
        else if (span.Kind == SpanKind.Client && attributes.FindText("rpc.method") is { } method)
        {
            if (!_rpc.TryGetValue((staged.Instance, method), out var series))
                _rpc[(staged.Instance, method)] = series = new ExponentialSeries();
            series.Record(seconds, span);
        }
        else if (attributes.FindText("db.system.name") == "redis")
        {
            _redisCount++;
            _redisSum += seconds;
            if (_redisSeconds.Count == RedisSamplesMax)
                _redisSeconds.RemoveAt(0);
            _redisSeconds.Add(seconds);
        }

        if (attributes.FindText("gen_ai.response.model") is { } model)
        {
            Series(_tokens, (staged.Instance, model, "input"), HistogramSeries.Tokens).Record(Whole(span, "gen_ai.usage.input_tokens"), span);
            Series(_tokens, (staged.Instance, model, "output"), HistogramSeries.Tokens).Record(Whole(span, "gen_ai.usage.output_tokens"), span);
        }

        if (attributes.FindText("app.payment.outcome") is { } outcome)
            Count(_payments, (staged.Instance, outcome, attributes.FindText("app.payment.card_brand")!), 1);
        if (attributes.Find("app.cart.quantity") is AnyValue.Integer quantity)
            Count(_cartItems, staged.Instance, quantity.Value);
    }

    /// <summary>Collects everything as of <paramref name="now"/>; delta series start again.</summary>
    public List<ResourceGroup<Metric>> Collect(ulong now)
    {
        var groups = shop.Running(now).Select((instance, i) => new ResourceGroup<Metric>(
            instance.Resource, [new ScopeGroup<Metric>(instance.Scope, [.. Of(instance, i, now)])])).ToList();
        _cartItems.Clear();
        _lastCollection = now;
        return groups;
    }

    private IEnumerable<Metric> Of(ShopInstance instance, int index, ulong now)
    {
        // A slow wave over the day and a little noise.
        var wave = 0.5 + (0.25 * Math.Sin((now / 1e9 / 900) + index)) + (0.1 * random.NextDouble());
        yield return Gauge("process.cpu.utilization", "1", "Share of one core in use", [], Math.Round(wave, 4), now);
        yield return Sum("process.memory.usage", "By", "Resident memory", [new NumberPoint([], _start, now, (long)(wave * 400e6))], Temporality.Cumulative, false);
        var http = _http.Where(s => s.Key.Instance == instance).ToList();
        if (http.Count > 0)
            yield return new Metric("http.server.request.duration", "s", "Duration of HTTP server requests", new MetricData.Histogram(
                [.. http.Select(s => s.Value.Point(new AttributeList
                {
                    { "http.route", s.Key.Route },
                    { "http.request.method", s.Key.Method },
                    { "http.response.status_code", s.Key.Status },
                }, _start, now))], Temporality.Cumulative));
        var rpc = _rpc.Where(s => s.Key.Instance == instance).ToList();
        if (rpc.Count > 0)
            yield return new Metric("rpc.client.call.duration", "s", "Duration of outgoing calls", new MetricData.ExponentialHistogram(
                [.. rpc.Select(s => s.Value.TakePoint(new AttributeList { { "rpc.system.name", "grpc" }, { "rpc.method", s.Key.Method } }, _lastCollection, now))],
                Temporality.Delta));
        var tokens = _tokens.Where(s => s.Key.Instance == instance).ToList();
        if (tokens.Count > 0)
            yield return new Metric("gen_ai.client.token.usage", "{token}", "Tokens used by model calls", new MetricData.Histogram(
                [.. tokens.Select(s => s.Value.Point(new AttributeList
                {
                    { "gen_ai.operation.name", "chat" },
                    { "gen_ai.response.model", s.Key.Model },
                    { "gen_ai.token.type", s.Key.Direction },
                }, _start, now))], Temporality.Cumulative));
        foreach (var metric in OfOneService(instance, wave, now))
            yield return metric;
    }

    private IEnumerable<Metric> OfOneService(ShopInstance instance, double wave, ulong now)
    {
        var payments = _payments.Where(s => s.Key.Instance == instance).ToList();
        if (payments.Count > 0)
            yield return Sum("shop.payments", "{payment}", "Payments by outcome", [.. payments.Select(s => new NumberPoint(
                new AttributeList { { "app.payment.outcome", s.Key.Outcome }, { "app.payment.card_brand", s.Key.CardBrand } }, _start, now, s.Value))],
                Temporality.Cumulative, true);
        if (_cartItems.TryGetValue(instance, out var items))
            yield return Sum("shop.cart.items_added", "{item}", "Items put into carts since the last collection",
                [new NumberPoint([], _lastCollection, now, items)], Temporality.Delta, true);
        if (instance == shop.Warehouse[0])
            yield return Gauge("messaging.consumer.lag", "{message}", "Messages not yet handled",
                new AttributeList { { "messaging.destination.name", "orders" }, { "messaging.consumer.group.name", "warehouse" } }, (long)(wave * 40), now);
        if (instance == shop.Cart[0] && _redisSeconds.Count > 0)
            yield return RedisSummary(now);
    }

    private Metric RedisSummary(ulong now)
    {
        var sorted = _redisSeconds.Order().ToArray();
        return new Metric("redis_command_duration_seconds", "s", "Scraped from the Redis exporter", new MetricData.Summary(
            [new SummaryPoint([], _start, now, _redisCount, _redisSum,
                [.. new[] { 0.5, 0.9, 0.99 }.Select(q => new Quantile(q, sorted[(int)(q * (sorted.Length - 1))]))])]));
    }

    private static Metric Gauge(string name, string unit, string description, AttributeList attributes, PointValue value, ulong now) =>
        new(name, unit, description, new MetricData.Gauge([new NumberPoint(attributes, 0, now, value)]));

    private static Metric Sum(string name, string unit, string description, NumberPoint[] points, Temporality temporality, bool monotonic) =>
        new(name, unit, description, new MetricData.Sum(points, temporality, monotonic));

    private static long Whole(Span span, string key) => span.Attributes.Find(key) is AnyValue.Integer integer ? integer.Value : 0;

    private static HistogramSeries Series<TKey>(Dictionary<TKey, HistogramSeries> all, TKey key, double[] bounds)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var series))
            all[key] = series = new HistogramSeries(bounds);
        return series;
    }

    private static void Count<TKey>(Dictionary<TKey, long> all, TKey key, long added)
        where TKey : notnull => all[key] = all.GetValueOrDefault(key) + added;
}
