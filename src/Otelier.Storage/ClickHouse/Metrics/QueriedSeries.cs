using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>How the points of some series are to be understood.</summary>
/// <param name="Type">Their type.</param>
/// <param name="IsCumulative">Whether a point tells everything since its start; otherwise since the point before it.</param>
/// <param name="IsMonotonic">Of sums, whether they never fall.</param>
internal readonly record struct SeriesKind(MetricType Type, bool IsCumulative, bool IsMonotonic);

/// <summary>A series that a query is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">How its points are to be understood.</param>
/// <param name="LabelValues">What the query groups it by.</param>
internal sealed record QueriedSeries(ulong Id, SeriesKind Kind, IReadOnlyList<string> LabelValues)
{
    private const int Delta = 1;

    /// <summary>The series of a query by id, so that those of one sender come together.</summary>
    internal static SqlBuilder Sql(MetricQuery query, int limit)
    {
        var sql = new SqlBuilder();
        var labels = query.GroupBy.Select(key =>
        {
            var name = sql.Text(key);
            return $"if(mapContains(Attributes, {name}), Attributes[{name}], ResourceAttributes[{name}])";
        }).ToList();
        sql.AppendLine($"SELECT SeriesId, MetricType, AggregationTemporality, IsMonotonic, {(labels.Count == 0 ? "emptyArrayString()" : $"[{string.Join(", ", labels)}]")} AS Labels")
            .FromSeries(query.Tenant, query.Grid.Range, query.Filter)
            .AppendLine($"  AND MetricName = {sql.Text(query.Metric)}");
        if (query.Type is { } type)
            sql.AppendLine($"  AND MetricType = {sql.Text(MetricWords.Of(type))}");
        return sql.AppendLine("ORDER BY SeriesId").AppendLine("LIMIT 1 BY SeriesId").Append($"LIMIT {sql.Int64(limit)}");
    }

    public static void Read(NativeBlock block, List<QueriedSeries> rows)
    {
        var ids = block.GetUInt64("SeriesId");
        var types = block.GetBytes("MetricType");
        var temporality = block.GetInt32("AggregationTemporality");
        var monotonic = block.GetBool("IsMonotonic");
        var labels = block.GetArray("Labels");
        var texts = (BytesResultColumn)labels.Items;
        for (var row = 0; row < block.RowCount; row++)
        {
            var (start, length) = labels[row];
            var type = MetricWords.TypeOf(types, row);
            var isCumulative = type != MetricType.Gauge && temporality[row] != Delta;
            rows.Add(new QueriedSeries(
                ids[row],
                new SeriesKind(type, isCumulative, type == MetricType.Sum && monotonic[row]),
                [.. Enumerable.Range(start, length).Select(texts.GetString)]));
        }
    }
}
