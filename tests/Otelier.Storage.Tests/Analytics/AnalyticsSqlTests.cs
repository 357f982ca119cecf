using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Filters;
using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse;
using Otelier.Storage.ClickHouse.Analytics;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.Tests.Golden;
using Xunit;

namespace Otelier.Storage.Tests.Analytics;

/// <summary>The statements about many rows at once as reviewed text; see <see cref="GoldenSql"/>.</summary>
public sealed class AnalyticsSqlTests
{
    private static readonly TimeRange Window = new(1_750_000_000_000_000_000, 1_750_003_600_000_000_000);
    private static readonly SearchedTable Logs = SearchedTable.LogsWith(LogBodyIndex.Token);

    private static readonly Filter Errors = new Filter.Comparison(
        new FilterField.Intrinsic(IntrinsicField.Status), FilterOperator.Equal, new FilterValue.Text("error"));

    public static TheoryData<string> Names => [.. Statements().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_statement_is_the_reviewed_one(string name) => GoldenSql.AssertReviewed(name, Statements()[name]);

    [Fact]
    public void Every_statement_names_its_tenant_first() => GoldenSql.AssertTenantFirst(Statements().Values, "otel_");

    [Fact]
    public void Few_rows_are_all_looked_at_and_many_by_whole_spells()
    {
        Assert.False(TimeSample.Of(Window, 1_000_000, 1_000_000).IsPartial);

        var sample = TimeSample.Of(Window, 10_000_000, 1_000_000);

        Assert.Equal(10UL, sample.OneOf);
        Assert.Equal((Window.EndUnixNano - Window.StartUnixNano) / 250, sample.SpellNanos);
    }

    private static Dictionary<string, SqlBuilder> Statements()
    {
        var spans = SearchedTable.Spans;
        var selection = new Selection(TenantId.Default, Signal.Traces, Window, Errors);
        var records = new Selection(TenantId.Default, Signal.Logs, Window, null);
        var grid = StepGrid.Over(Window, 60_000_000_000);
        var route = new NamedField("http.route", new FilterField.Attribute(AttributeScope.Any, "http.route"));
        var name = new NamedField("name", new FilterField.Intrinsic(IntrinsicField.Name));
        var duration = new NamedField("duration", new FilterField.Intrinsic(IntrinsicField.DurationNanos));
        var size = new NamedField("attributes.size", new FilterField.Attribute(AttributeScope.Item, "size"));
        var table = new AggregateQuery(
            selection,
            [
                new Aggregate("count", AggregateFunction.Count),
                new Aggregate("p50(duration)", AggregateFunction.Quantile, duration, Quantile: 0.5),
                new Aggregate("p95(duration)", AggregateFunction.Quantile, duration, Quantile: 0.95),
                new Aggregate("error_rate", AggregateFunction.ErrorRate),
                new Aggregate("sum(attributes.size)", AggregateFunction.Sum, size),
                new Aggregate("distinct(http.route)", AggregateFunction.Distinct, route),
                new Aggregate("top(5, name)", AggregateFunction.Top, name, Count: 5),
            ],
            [route, name],
            Grid: null,
            Limit: 20,
            OrderBy: 2,
            IsDescending: true);
        var series = new AggregateQuery(selection, [new Aggregate("p95(duration)", AggregateFunction.Quantile, duration, Quantile: 0.95)], [route], grid, 20, 0, true);
        var comparison = new ComparisonQuery(selection, null);
        var sample = new SideSample(TimeSample.Of(Window, 10_000_000, 1_000_000), 50);
        var record = new LogRecord { TimestampUnixNano = Window.StartUnixNano };
        var context = new LogContextQuery(TenantId.Default, new LogId(Window.StartUnixNano, 255), 10, 10, LogStream.Resource);
        var before = new LogContextReader.Side(context, record, IsAfter: false);
        var after = new LogContextReader.Side(context with { Stream = LogStream.Service }, record, IsAfter: true);
        var export = new ExportQuery(TenantId.Default, Window, Errors);
        return new Dictionary<string, SqlBuilder>
        {
            ["aggregate-table"] = AggregateSql.TableSql(spans, table, 20, QuantileMethod.Exact),
            ["aggregate-series"] = AggregateSql.SeriesSql(spans, series, grid, [1, 2], QuantileMethod.Sketch),
            ["heatmap"] = VolumeReader.HeatmapSql(spans, new HeatmapQuery(selection, grid)),
            ["log-histogram"] = VolumeReader.HistogramSql(Logs, new LogHistogramQuery(records, grid)),
            ["facets"] = FacetReader.FacetSql(spans, new FacetQuery(selection, [route, name], 10), sample.Time),
            ["compare-counts"] = BaselineSql.CountSql(spans, comparison),
            ["compare-selected"] = BaselineSql.SelectedSql(spans, comparison, sample),
            ["compare-others"] = BaselineSql.OthersSql(spans, comparison, new SideSample(default, 1)),
            ["get-log"] = LogContextReader.RecordSql(TenantId.Default, context.Id),
            ["log-context-times"] = LogContextReader.TimesSql(before, Window, 10),
            ["log-context-rows"] = LogContextReader.RowsSql(after, [Window.StartUnixNano], 10),
            ["export-spans"] = ClickHouseExportStore.SpansSql(export, Window),
            ["export-logs"] = ClickHouseExportStore.LogsSql(Logs, export with { Filter = null }, Window),
        };
    }
}
