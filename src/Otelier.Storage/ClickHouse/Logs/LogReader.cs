using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Logs;

/// <summary>
/// Searches log records. Records of one time are ordered by a hash of the whole row, which costs reading all of it; so the
/// times of the page are found first, and rows are read and hashed at those times alone.
/// </summary>
internal sealed class LogReader(QueryRunner queries, LogBodyIndex index)
{
    private readonly SearchedTable _table = SearchedTable.LogsWith(index);

    /// <inheritdoc cref="ILogStore.FindLogsAsync"/>
    public async Task<Page<LogRecord>> FindLogsAsync(LogQuery query, CancellationToken cancellationToken)
    {
        var reader = new LogRows();
        var rows = new List<LogRow>();
        var wanted = query.Limit + 1;
        var range = query.Range;
        if (query.After is { } after)
        {
            // What is left of the last record's own time, itself included.
            wanted += after.Repeats + 1;
            rows = await queries.ReadAsync<LogRow>(RowsSql(_table, query, [after.TimeUnixNano], wanted), reader.Read, cancellationToken).ConfigureAwait(false);
            range = range with { EndUnixNano = Math.Min(range.EndUnixNano, after.TimeUnixNano) };
        }

        if (rows.Count < wanted)
        {
            var times = await FindTimesAsync(query, range, wanted - rows.Count, cancellationToken).ConfigureAwait(false);
            if (times.Count > 0)
            {
                var sql = RowsSql(_table, query with { After = null }, times, wanted - rows.Count);
                rows.AddRange(await queries.ReadAsync<LogRow>(sql, reader.Read, cancellationToken).ConfigureAwait(false));
            }
        }

        var page = PageCut.Cut(rows, query.Limit, query.After, KeyOf);
        return new Page<LogRecord>([.. page.Items.Select(row => row.Record)], page.Next, page.Warnings);
    }

    /// <inheritdoc cref="ILogStore.CountLogsAsync"/>
    public Task<ulong?> CountAsync(LogQuery query, CancellationToken cancellationToken) =>
        queries.CountAsync(CountSql.Rows(_table, query.Tenant, query.Range, query.Filter), cancellationToken);

    /// <summary>The times of the newest matching records of a window.</summary>
    internal static SqlBuilder TimesSql(SearchedTable table, LogQuery query, TimeRange window, int limit)
    {
        var sql = new SqlBuilder().AppendLine("SELECT Timestamp").FromRange(table, query.Tenant, window);
        FilterSql.AppendAnd(sql, table, query.Filter);
        return sql.AppendLine("ORDER BY Timestamp DESC").Append($"LIMIT {sql.Int64(limit)}");
    }

    /// <summary>The matching records of some times, newest first.</summary>
    internal static SqlBuilder RowsSql(SearchedTable table, LogQuery query, IReadOnlyList<ulong> times, int limit)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {LogRows.SelectList}").FromTimes(table, query.Tenant, times);
        FilterSql.AppendAnd(sql, table, query.Filter);
        if (query.After is { } after)
            sql.AppendLine($"  AND Hash <= {sql.UInt64(HashOf(after))}");
        return sql
            .AppendLine("ORDER BY Timestamp DESC, Hash DESC")
            .AppendLine($"LIMIT {sql.Int64(limit)}")
            // The filter for the newest would take the place of the conditions above, and all columns be read for each row.
            .Append("SETTINGS use_top_k_dynamic_filtering = 0");
    }

    private async Task<List<ulong>> FindTimesAsync(LogQuery query, TimeRange range, int wanted, CancellationToken cancellationToken)
    {
        var times = new List<ulong>();
        var windows = new BackwardWindows(range, WindowRules.Newest);
        while (times.Count < wanted && windows.TryNext(out var window))
        {
            var before = times.Count;
            times.AddRange(await queries.ReadAsync<ulong>(TimesSql(_table, query, window, wanted - before), ReadTimes, cancellationToken).ConfigureAwait(false));
            if (times.Count > 0 || !await queries.SkipToNewestAsync(windows, _table, query.Tenant, cancellationToken).ConfigureAwait(false))
                windows.Grow(times.Count - before, wanted - times.Count);
        }

        return times;
    }

    internal static void ReadTimes(NativeBlock block, List<ulong> rows)
    {
        var times = block.GetDateTime64("Timestamp");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add((ulong)times.UnixNanos(row));
    }

    private static PageKey KeyOf(LogRow row) =>
        new(row.Record.TimestampUnixNano, row.Hash.ToString("x16", CultureInfo.InvariantCulture));

    private static ulong HashOf(PageKey key) => ulong.Parse(key.Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
