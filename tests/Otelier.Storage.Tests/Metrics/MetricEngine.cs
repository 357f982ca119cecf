using Otelier.Signals;
using Otelier.Signals.Attributes;
using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Otelier.Signals.Resources;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.Tests.Engine;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

/// <summary>An engine with the schema and the store on it, as the server has them.</summary>
internal sealed class MetricEngine : IAsyncDisposable
{
    /// <summary>When all tests' telemetry is received, in nanoseconds since 1970: a whole hour.</summary>
    internal const ulong Now = 1_750_003_200_000_000_000;

    internal const ulong Second = 1_000_000_000;

    internal static readonly TimeRange Everything = new(Now - (7200 * Second), Now + (7200 * Second));

    private readonly BlockInserter _inserter;
    private int _blocks;

    private MetricEngine(TestEngine engine)
    {
        Engine = engine;
        _inserter = new BlockInserter(engine.Transport);
        Queries = new QueryRunner(engine.Transport, new StoreOptions(), TimeProvider.System);
        Store = new ClickHouseMetricStore(_inserter, Queries);
    }

    internal TestEngine Engine { get; }

    internal QueryRunner Queries { get; }

    internal IMetricStore Store { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static TenantId Tenant(string name = "default") => TenantId.TryParse(name, out var tenant) ? tenant : throw new ArgumentException("Not a tenant.", nameof(name));

    internal static async Task<MetricEngine> OpenAsync(EngineKind kind = EngineKind.Memory)
    {
        var engine = await TestEngine.OpenAsync(kind);
        foreach (var file in (string[])["0003_metrics.sql", "0004_rollups.sql"])
        {
            using var reader = new StreamReader(typeof(ITraceStore).Assembly.GetManifestResourceStream($"Schema/{file}")!);
            var sql = await reader.ReadToEndAsync(Stop);
            sql = sql.Replace("{{storage_settings}}", "fsync_after_insert = 0", StringComparison.Ordinal);
            foreach (var statement in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                await engine.ExecuteAsync(statement);
        }

        return new MetricEngine(engine);
    }

    /// <summary>Decodes a request and writes its points.</summary>
    internal async Task WriteAsync(byte[] request, string tenant = "default")
    {
        using var decoder = new MetricsDecoder();
        using var batch = new MetricBatch();
        var rejections = new Rejections();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, rejections));
        Assert.Equal(0, rejections.Total);
        await Store.WriteAsync(new Block<MetricBatch>($"test-{++_blocks}", [new BlockPart<MetricBatch>(batch, Tenant(tenant), (long)Now)]), Stop);
    }

    internal Task WriteAsync(IReadOnlyList<MetricPoint> points, string tenant = "default")
    {
        var output = new ProtoWriter();
        OtlpMetricEncoder.Write(points, output);
        return WriteAsync(output.WrittenSpan.ToArray(), tenant);
    }

    /// <summary>The answer's values by the labels' values, null for none.</summary>
    internal async Task<Dictionary<string, double?[]>> AskAsync(MetricQuery query)
    {
        var answer = await Store.QueryAsync(query, Stop);
        return answer.Series.ToDictionary(series => string.Join(',', series.LabelValues), series => series.Values.ToArray());
    }

    internal static MetricQuery Query(string metric, MetricAggregation aggregation, int minutes = 3, params string[] groupBy) => new(
        Tenant(), metric, null, StepGrid.Over(new TimeRange(Now, Now + ((ulong)minutes * 60 * Second)), 60_000_000_000), aggregation, 0.5, groupBy, null);

    /// <summary>A series of a metric, with a resource that has a service's name.</summary>
    internal static SeriesDescription Series(
        string metric, MetricType type = MetricType.Gauge, int temporality = 0, bool isMonotonic = false, string service = "shop", string unit = "1", params (string Key, string Value)[] attributes) => new(
            0,
            new MetricDefinition(metric, "", unit, type, temporality, isMonotonic, AttributeMap.Empty),
            new Resource(service, Attributes(("service.name", service)), 0, "", ""),
            Scope.Empty,
            Attributes(attributes));

    internal static AttributeMap Attributes(params (string Key, string Value)[] attributes)
    {
        using var values = new ByteBuffer();
        foreach (var (_, value) in attributes)
        {
            var text = System.Text.Encoding.UTF8.GetBytes(value);
            var size = NativeString.PrefixLength(text.Length) + text.Length;
            NativeString.Write(values.GetSpan(size)[..size], text);
            values.Advance(size);
        }

        return AttributeMap.Create(
            [.. attributes.Select(a => System.Text.Encoding.UTF8.GetBytes(a.Key))], values.WrittenSpan.ToArray(), System.Text.Encoding.ASCII.GetBytes(new string('s', attributes.Length)));
    }

    public async ValueTask DisposeAsync()
    {
        _inserter.Dispose();
        await Engine.DisposeAsync();
    }
}
