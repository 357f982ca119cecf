using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Writes the statements that bring the points of a metric together by series and step. Points that are gaps do not count.</summary>
internal static class StepSql
{
    private const string HistogramSum = "if(bitAnd(Fields, 1) != 0, Sum, nan)";
    private const string Min = "if(bitAnd(Fields, 2) != 0, Min, inf)";
    private const string Max = "if(bitAnd(Fields, 4) != 0, Max, -inf)";
    private const string Extremes = $"{Min} AS Smallest, {Max} AS Largest";

    private static readonly (string Name, string Column)[] ExplicitParts =
        [("Count", "Count"), ("Sum", HistogramSum), ("Buckets", "BucketCounts"), ("Bounds", "ExplicitBounds")];

    private static readonly (string Name, string Column)[] ExponentialParts =
    [
        ("Count", "Count"), ("Sum", HistogramSum), ("Scale", "Scale"), ("ZeroCount", "ZeroCount"), ("ZeroThreshold", "ZeroThreshold"),
        ("PositiveOffset", "PositiveOffset"), ("Positive", "PositiveBucketCounts"),
        ("NegativeOffset", "NegativeOffset"), ("Negative", "NegativeBucketCounts"),
    ];

    private static readonly (string Name, string Column)[] SummaryParts =
        [("Count", "Count"), ("Sum", "Sum"), ("Quantiles", "`ValueAtQuantiles.Quantile`"), ("Values", "`ValueAtQuantiles.Value`")];

    /// <summary>Count, sum, least, largest and newest value by series and step.</summary>
    public static SqlBuilder Numbers(StepSource source)
    {
        var sql = new SqlBuilder();
        sql.AppendLine($"SELECT SeriesId, {Step(sql, source)} AS Step, count() AS Points, sum(Value) AS Total, min(Value) AS Smallest, max(Value) AS Largest,")
            .AppendLine("  argMax(Value, Timestamp) AS LastValue, max(toUnixTimestamp64Nano(Timestamp)) AS LastTime"
                + (source.Query.Aggregation == MetricAggregation.StandardDeviation ? ", varPop(Value) * count() AS SquaredDeviations" : ""));
        return From(sql, source)
            .AppendLine("  AND ValueType != 0")
            .AppendLine("GROUP BY SeriesId, Step")
            .Append(Limit(sql));
    }

    /// <summary>The sums of a linear regression by series and step, in the order of time.</summary>
    public static SqlBuilder Trends(StepSource source)
    {
        var sql = new SqlBuilder();
        var seconds = $"(({Nanos(sql, source)}) % {sql.Int64(source.Query.Grid.StepNanos)}) / 1e9";
        sql.AppendLine($"SELECT SeriesId, {Step(sql, source)} AS Step, count() AS Points, argMax(Value, Timestamp) AS LastValue, max({seconds}) AS LastSeconds,")
            .AppendLine($"  sum({seconds}) AS SumX, sum(Value) AS SumY, sum({seconds} * {seconds}) AS SumXX, sum({seconds} * Value) AS SumXY");
        return From(sql, source)
            .AppendLine("  AND ValueType != 0")
            .AppendLine("GROUP BY SeriesId, Step")
            .AppendLine("ORDER BY SeriesId, Step")
            .Append(Limit(sql));
    }

    /// <summary>First and last point by series and step of cumulative sums, and how much they grew in between, in the order of time.</summary>
    public static SqlBuilder Counters(StepSource source)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT SeriesId, Step, P[1].1 AS FirstTime, P[1].2 AS FirstValue, P[1].3 AS FirstStart, P[-1].1 AS LastTime, P[-1].2 AS LastValue, P[-1].3 AS LastStart,")
            .AppendLine($"  arraySum((a, b) -> if((b.3 > a.3 AND b.3 >= a.1){(source.Kind.IsMonotonic ? " OR b.2 < a.2" : "")}, b.2, b.2 - a.2), arrayPopBack(P), arrayPopFront(P)) AS Inner")
            .AppendLine("FROM (");
        sql.AppendLine($"SELECT SeriesId, {Step(sql, source)} AS Step,")
            .AppendLine("  arraySort(groupArray((toUnixTimestamp64Nano(Timestamp), Value, toUnixTimestamp64Nano(StartTimestamp)))) AS P");
        return From(sql, source)
            .AppendLine("  AND ValueType != 0")
            .AppendLine("GROUP BY SeriesId, Step)")
            .AppendLine("ORDER BY SeriesId, Step")
            .Append(Limit(sql));
    }

    /// <summary>Histograms, or summaries, by series and step: those of deltas added up, of cumulative ones the last of each start.</summary>
    public static SqlBuilder Distributions(StepSource source) => source.Kind switch
    {
        { IsCumulative: true } => Cumulative(source),
        { Type: MetricType.Histogram } => Deltas(source, ExplicitParts, "ExplicitBounds"),
        _ => Deltas(source, ExponentialParts, "Scale, ZeroThreshold, PositiveOffset, NegativeOffset"),
    };

    private static SqlBuilder Deltas(StepSource source, (string Name, string Column)[] parts, string shape)
    {
        var sql = new SqlBuilder();
        var shapes = shape.Split(", ");
        var sums = parts.Select(part => shapes.Contains(part.Column)
            ? $"{part.Column} AS Last{part.Name}"
            : $"{(part.Column.EndsWith("BucketCounts", StringComparison.Ordinal) ? "sumForEach" : "sum")}({part.Column}) AS Last{part.Name}");
        sql.AppendLine($"SELECT SeriesId, {Step(sql, source)} AS Step, min({Min}) AS Smallest, max({Max}) AS Largest,").AppendLine($"  {string.Join(", ", sums)}");
        return From(sql, source).AppendLine($"GROUP BY SeriesId, Step, {shape}").Append(Limit(sql));
    }

    /// <summary>
    /// Finds the times of the points first and reads buckets at those alone: an aggregate function that carries the arrays of every
    /// series and step along needs some kilobytes for each.
    /// </summary>
    private static SqlBuilder Cumulative(StepSource source)
    {
        var (parts, extremes) = source.Kind.Type switch
        {
            MetricType.Histogram => (ExplicitParts, Extremes),
            MetricType.ExponentialHistogram => (ExponentialParts, Extremes),
            _ => (SummaryParts, "inf AS Smallest, -inf AS Largest"),
        };
        var sql = new SqlBuilder();
        sql.AppendLine($"SELECT SeriesId, {Step(sql, source)} AS Step, StartTimestamp, Timestamp, {extremes},")
            .AppendLine($"  {string.Join(", ", parts.Select(part => $"{part.Column} AS Last{part.Name}"))}")
            .FromRange(PointTable.Of(source.Kind.Type).Searched, source.Query.Tenant, source.Range)
            .AppendLine($"  AND MetricName = {sql.Text(source.Query.Metric)} AND bitAnd(Flags, 1) = 0")
            .AppendLine("  AND (SeriesId, Timestamp) IN (")
            .AppendLine("SELECT SeriesId, max(Timestamp)");
        From(sql, source).AppendLine($"GROUP BY SeriesId, {Step(sql, source)}, StartTimestamp)");
        return sql.AppendLine("ORDER BY SeriesId, Timestamp").Append(Limit(sql));
    }

    private static string Step(SqlBuilder sql, StepSource source) =>
        $"intDiv({Nanos(sql, source)}, {sql.Int64(source.Query.Grid.StepNanos)})";

    private static string Nanos(SqlBuilder sql, StepSource source) => source.Query.Grid.OffsetNanos == 0
        ? "toUnixTimestamp64Nano(Timestamp)"
        : $"toUnixTimestamp64Nano(Timestamp) - {sql.Int64(source.Query.Grid.OffsetNanos)}";

    private static SqlBuilder From(SqlBuilder sql, StepSource source)
    {
        var (query, range, kind, lastId) = source;
        var more = $" AND MetricType = {sql.Text(MetricWords.Of(kind.Type))} AND IsMonotonic = {(kind.IsMonotonic ? "true" : "false")}"
            + (kind.Type is MetricType.Gauge or MetricType.Summary ? "" : $" AND AggregationTemporality {(kind.IsCumulative ? "!=" : "=")} 1")
            + (lastId is { } id ? $" AND SeriesId <= {sql.UInt64(id)}" : "");
        return sql
            .FromRange(PointTable.Of(kind.Type).Searched, query.Tenant, range)
            .AndSeriesOf(query.Metric, query.Tenant, range, query.Filter, more)
            .AppendLine("  AND bitAnd(Flags, 1) = 0");
    }

    private static string Limit(SqlBuilder sql) => $"LIMIT {sql.Int64(MetricLimits.SeriesStepsMax + 1)}";
}

/// <summary>Which points a statement brings together.</summary>
/// <param name="Query">The query.</param>
/// <param name="Range">The points' times: the query's, and of cumulative ones some time before.</param>
/// <param name="Kind">The series' kind.</param>
/// <param name="LastId">The last series that is looked at, where there are too many; <see langword="null"/> for all.</param>
internal sealed record StepSource(MetricQuery Query, TimeRange Range, SeriesKind Kind, ulong? LastId);
