using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Reads rate, errors and durations over time from the per-minute rollups.</summary>
internal sealed class RedReader(QueryRunner queries)
{
    private const int SecondsPerMinute = 60;

    private readonly record struct Line(string Service, string Name);

    private readonly record struct Point(Line Line, long Step);

    /// <inheritdoc cref="ITraceStore.FindRedAsync"/>
    public async Task<RedAnswer> FindRedAsync(RedQuery query, CancellationToken cancellationToken)
    {
        var minutes = RedTableChoice.Whole(query.Range, query.StepMinutes);
        var lines = await queries.ReadAsync<Line>(LinesSql(query, minutes, query.Limit + 1), ReadLines, cancellationToken).ConfigureAwait(false);
        List<Warning> warnings = [];
        if (lines.Count > query.Limit)
        {
            lines.RemoveAt(lines.Count - 1);
            warnings.Add(new Warning(Warning.Capped, $"There are more than {query.Limit} lines; these have the most spans."));
        }

        var buckets = await BucketTable<Point>.ReadAsync(queries, BucketsSql(query, minutes), Keys, cancellationToken).ConfigureAwait(false);
        var points = await queries.ReadAsync<(Point Key, RedFigures Figures)>(
            PointsSql(query, minutes), (block, rows) => ReadPoints(block, rows, buckets), cancellationToken).ConfigureAwait(false);
        var byLine = points.ToLookup(point => point.Key.Line, point => new RedPoint(point.Key.Step * query.StepMinutes * SecondsPerMinute, point.Figures));
        var series = lines.Select(line => new RedSeries(
            query.GroupBy == RedGrouping.None ? null : line.Service,
            query.GroupBy == RedGrouping.Operation ? line.Name : null,
            [.. byLine[line]]));
        return new RedAnswer(query.StepMinutes, [.. series], warnings);
    }

    /// <summary>The lines with the most spans.</summary>
    internal static SqlBuilder LinesSql(RedQuery query, TimeRange minutes, int limit)
    {
        var sql = new SqlBuilder();
        return AppendLines(sql, query, minutes, limit);
    }

    internal static SqlBuilder PointsSql(RedQuery query, TimeRange minutes)
    {
        var sql = new SqlBuilder();
        sql.AppendLine($"SELECT {Keys(query)}, {Step(sql, query)} AS Step, {ChoiceOf(query).Sums}");
        return AppendRows(sql, query, minutes)
            .AppendLine($"GROUP BY {Keys(query)}, Step")
            .AppendLine("HAVING MeasuredSpans > 0")
            .AppendLine("ORDER BY Step")
            .Append($"LIMIT {sql.Int64(ServiceLimits.RedPointsMax)}");
    }

    internal static SqlBuilder BucketsSql(RedQuery query, TimeRange minutes)
    {
        var sql = new SqlBuilder();
        sql.AppendLine($"SELECT {Keys(query)}, {Step(sql, query)} AS Step, {BucketTable<Point>.Columns}");
        return AppendRows(sql, query, minutes).Append($"GROUP BY {Keys(query)}, Step, Bucket");
    }

    private static SqlBuilder AppendLines(SqlBuilder sql, RedQuery query, TimeRange minutes, int limit)
    {
        sql.AppendLine($"SELECT {Keys(query)}");
        return AppendFiltered(sql, query, minutes)
            .AppendLine($"GROUP BY {Keys(query)}")
            .AppendLine($"ORDER BY sum({ChoiceOf(query).Measured}) DESC, {Keys(query)}")
            .Append($"LIMIT {sql.Int64(limit)}");
    }

    /// <summary>The rows of the lines that are answered.</summary>
    private static SqlBuilder AppendRows(SqlBuilder sql, RedQuery query, TimeRange minutes)
    {
        AppendFiltered(sql, query, minutes);
        if (query.GroupBy == RedGrouping.None)
            return sql;
        sql.AppendLine($"  AND ({Keys(query)}) IN (");
        return AppendLines(sql, query, minutes, query.Limit).AppendLine(")");
    }

    private static SqlBuilder AppendFiltered(SqlBuilder sql, RedQuery query, TimeRange minutes)
    {
        ChoiceOf(query).From(sql, query.Tenant, minutes);
        if (query.Service is { } service)
            sql.AppendLine($"  AND ServiceName = {sql.Text(service)}");
        if (query.Operation is { } operation)
            sql.AppendLine($"  AND SpanName = {sql.Text(operation)}");
        if (query.Kind is { } kind)
            sql.AppendLine($"  AND SpanKind = {sql.Text(SpanTable.Kinds[kind])}");
        return sql;
    }

    private static RedTableChoice ChoiceOf(RedQuery query) => query.IsOfOperations ? RedTableChoice.Operations : RedTableChoice.Services;

    private static string Keys(RedQuery query) => query.GroupBy switch
    {
        RedGrouping.Service => "ServiceName",
        RedGrouping.Operation => "ServiceName, SpanName",
        _ => "Tenant",
    };

    private static string Step(SqlBuilder sql, RedQuery query) =>
        $"toInt64(intDiv(toUnixTimestamp(Minute), {sql.Int64(query.StepMinutes * SecondsPerMinute)}))";

    private static Func<int, Line> Lines(NativeBlock block)
    {
        var services = block.Names.Contains("ServiceName") ? block.GetBytes("ServiceName") : null;
        var names = block.Names.Contains("SpanName") ? block.GetBytes("SpanName") : null;
        return row => new Line(services?.GetString(row) ?? "", names?.GetString(row) ?? "");
    }

    private static Func<int, Point> Keys(NativeBlock block)
    {
        var lines = Lines(block);
        var steps = block.GetInt64("Step");
        return row => new Point(lines(row), steps[row]);
    }

    private static void ReadLines(NativeBlock block, List<Line> rows)
    {
        var lines = Lines(block);
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(lines(row));
    }

    private static void ReadPoints(NativeBlock block, List<(Point Key, RedFigures Figures)> rows, BucketTable<Point> buckets)
    {
        var keys = Keys(block);
        var figures = RedTableChoice.ReadFigures(block, row => buckets[keys(row)]);
        for (var row = 0; row < block.RowCount; row++)
            rows.Add((keys(row), figures(row)));
    }
}
