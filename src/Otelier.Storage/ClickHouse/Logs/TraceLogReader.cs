using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Logs;

/// <summary>Reads the log records of one trace, oldest first, by the index over trace ids.</summary>
internal sealed class TraceLogReader(QueryRunner queries)
{
    /// <inheritdoc cref="ILogStore.FindTraceLogsAsync"/>
    public async Task<Page<LogRecord>> FindTraceLogsAsync(TraceLogQuery query, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page; those given before are read again and passed over.
        var wanted = query.Limit + 1 + (query.After is { } after ? after.Repeats + 1 : 0);
        var rows = await queries.ReadAsync<LogRow>(FindSql(query, wanted), new LogRows().Read, cancellationToken).ConfigureAwait(false);
        var page = PageCut.Cut(rows, query.Limit, query.After, KeyOf);
        return new Page<LogRecord>([.. page.Items.Select(row => row.Record)], page.Next, page.Warnings);
    }

    internal static SqlBuilder FindSql(TraceLogQuery query, int limit)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {LogRows.SelectList}").FromTenant(SearchedTable.Logs.Name, query.Tenant);
        sql.AppendLine($"  AND TraceId = {sql.Text(query.TraceId.ToString())}");
        if (query.SpanId is { } span)
            sql.AppendLine($"  AND SpanId = {sql.Text(span.ToString())}");
        if (query.After is { } after)
        {
            var time = sql.Time(after.TimeUnixNano);
            var hash = ulong.Parse(after.Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            sql.AppendLine($"  AND Timestamp >= {time} AND (Timestamp > {time} OR Hash >= {sql.UInt64(hash)})");
        }

        return sql.AppendLine("ORDER BY Timestamp, Hash").Append($"LIMIT {sql.Int64(limit)}");
    }

    private static PageKey KeyOf(LogRow row) => new(row.Record.TimestampUnixNano, row.Hash.ToString("x16", CultureInfo.InvariantCulture));
}
