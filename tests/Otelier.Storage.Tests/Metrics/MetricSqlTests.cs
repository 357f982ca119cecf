using Otelier.Signals;
using Otelier.Signals.Attributes;
using Otelier.Signals.Filters;
using Otelier.Signals.Metrics;
using Otelier.Signals.Resources;
using Otelier.Storage.ClickHouse.Metrics;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.Tests.Golden;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

/// <summary>The statements as reviewed text; see <see cref="GoldenSql"/>.</summary>
public sealed class MetricSqlTests
{
    private static readonly TimeRange Window = new(1_750_000_000_000_000_000, 1_750_000_020_000_000_000);

    private static readonly Filter OfCart =
        new Filter.Comparison(new FilterField.Intrinsic(IntrinsicField.ServiceName), FilterOperator.Equal, new FilterValue.Text("cart"));

    public static TheoryData<string> Names => [.. Statements().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_statement_is_the_reviewed_one(string name) => GoldenSql.AssertReviewed(name, Statements()[name]);

    [Fact]
    public void Every_table_is_read_as_one_tenants() => GoldenSql.AssertTenantFirst(Statements().Values, "metric_");

    private static Dictionary<string, SqlBuilder> Statements()
    {
        var list = new MetricListQuery(TenantId.Default, Window, "http.", OfCart, 100);
        var points = new PointQuery(TenantId.Default, "http.requests", Window, OfCart, 100);
        var query = new MetricQuery(TenantId.Default, "http.requests", null, StepGrid.Over(Window, 10_000_000_000), MetricAggregation.Rate, 0, ["http.route", "service.name"], OfCart);
        var series = new SeriesQuery(TenantId.Default, "http.requests", Window, OfCart, 100);
        var point = new MetricPoint.Number
        {
            Series = new SeriesDescription(7, new MetricDefinition("http.requests", "", "", MetricType.Sum, 2, IsMonotonic: true, AttributeMap.Empty), Resource.Empty, Scope.Empty, AttributeMap.Empty),
            TimeUnixNano = Window.StartUnixNano,
            Value = MetricNumber.Of(1L),
        };
        StepSource Of(MetricType type, bool isCumulative, bool isMonotonic = false) => new(query, query.Grid.Range, new SeriesKind(type, isCumulative, isMonotonic), null);
        return new Dictionary<string, SqlBuilder>
        {
            ["find-metrics"] = MetricListReader.FindSql(list, 101),
            ["find-metrics-next-page"] = MetricListReader.FindSql(list with { Filter = null, NamePrefix = "", After = new PageKey(0, "13:2:2:1:http.requests{request}") }, 101),
            ["find-points"] = PointReader.FindSql(PointTable.Numbers, points, Window, 101),
            ["find-points-next-page"] = PointReader.FindSql(
                PointTable.Exponentials, points with { Filter = null, After = new PageKey(Window.EndUnixNano - 1, "00000000000000070000000000000008") }, Window, 102),
            ["find-points-types"] = PointReader.TypesSql(points),
            ["get-series"] = SeriesReader.Sql(TenantId.Default, "http.requests", Window, [7, 8]),
            ["get-exemplars"] = ExemplarReader.Sql(TenantId.Default, "http.requests", [point]),
            ["find-labels"] = LabelReader.Sql(series, 1001),
            ["find-series-next-page"] = SeriesListReader.Sql(series with { After = new PageKey(0, "00000000000000ff") }, 101),
            ["find-series-seen"] = SeriesListReader.SeenSql(series, PointTable.Histograms, [7, 8]),
            ["find-exemplars"] = ExemplarReader.FindSql(series, 101),
            ["query-trends-at"] = StepSql.Trends(new StepSource(
                query with { Grid = StepGrid.EndingAt(Window.EndUnixNano, 7_000_000_000), Aggregation = MetricAggregation.Derivative },
                Window,
                new SeriesKind(MetricType.Gauge, IsCumulative: false, IsMonotonic: false),
                null)),
            ["query-series"] = QueriedSeries.Sql(query, 11),
            ["query-numbers"] = StepSql.Numbers(Of(MetricType.Gauge, isCumulative: false)),
            ["query-counters"] = StepSql.Counters(Of(MetricType.Sum, isCumulative: true, isMonotonic: true) with { LastId = 9 }),
            ["query-histograms-delta"] = StepSql.Distributions(Of(MetricType.Histogram, isCumulative: false)),
            ["query-exponentials-delta"] = StepSql.Distributions(Of(MetricType.ExponentialHistogram, isCumulative: false)),
            ["query-exponentials-cumulative"] = StepSql.Distributions(Of(MetricType.ExponentialHistogram, isCumulative: true)),
            ["query-summaries"] = StepSql.Distributions(Of(MetricType.Summary, isCumulative: true)),
        };
    }
}
