using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Logs;

/// <summary>
/// Finds a log record again, and its neighbours. These are looked for as <see cref="LogReader"/> does it: times first, in windows that
/// grow away from the record, then the rows of those times.
/// </summary>
internal sealed class LogContextReader(QueryRunner queries)
{
    private const ulong FirstWindowNanos = 20_000_000_000;
    private const ulong Growth = 4;

    /// <inheritdoc cref="ILogStore.GetLogAsync"/>
    public async Task<LogRecord?> GetLogAsync(TenantId tenant, LogId id, CancellationToken cancellationToken)
    {
        // Later than the column can say.
        if (id.TimestampUnixNano > long.MaxValue)
            return null;
        var rows = await queries.ReadAsync<LogRow>(RecordSql(tenant, id), new LogRows().Read, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0].Record;
    }

    /// <inheritdoc cref="ILogStore.GetContextAsync"/>
    public async Task<LogContext?> GetContextAsync(LogContextQuery query, CancellationToken cancellationToken)
    {
        if (await GetLogAsync(query.Tenant, query.Id, cancellationToken).ConfigureAwait(false) is not { } record)
            return null;
        var before = await FindAsync(new Side(query, record, IsAfter: false), query.Before, cancellationToken).ConfigureAwait(false);
        var after = await FindAsync(new Side(query, record, IsAfter: true), query.After, cancellationToken).ConfigureAwait(false);
        before.Reverse();
        return new LogContext([.. before, record, .. after], before.Count);
    }

    internal static SqlBuilder RecordSql(TenantId tenant, LogId id)
    {
        var sql = new SqlBuilder()
            .AppendLine($"SELECT {LogRows.SelectList}")
            .FromTimes(SearchedTable.Logs, tenant, [id.TimestampUnixNano]);
        return sql.AppendLine($"  AND Hash = {sql.UInt64(id.Hash)}").Append("LIMIT 1");
    }

    /// <summary>The times of the records nearest to the record in a window.</summary>
    internal static SqlBuilder TimesSql(Side side, TimeRange window, int limit)
    {
        var sql = new SqlBuilder().AppendLine("SELECT Timestamp").FromRange(SearchedTable.Logs, side.Query.Tenant, window);
        AppendStream(sql, side);
        return sql.AppendLine($"ORDER BY Timestamp {side.Order}").Append($"LIMIT {sql.Int64(limit)}");
    }

    /// <summary>The records of some times on one side of the record, nearest first.</summary>
    internal static SqlBuilder RowsSql(Side side, IReadOnlyList<ulong> times, int limit)
    {
        var sql = new SqlBuilder()
            .AppendLine($"SELECT {LogRows.SelectList}")
            .FromTimes(SearchedTable.Logs, side.Query.Tenant, times);
        AppendStream(sql, side);
        var id = side.Query.Id;
        return sql
            .AppendLine($"  AND (Timestamp != {sql.Time(id.TimestampUnixNano)} OR Hash {(side.IsAfter ? '>' : '<')} {sql.UInt64(id.Hash)})")
            .AppendLine($"ORDER BY Timestamp {side.Order}, Hash {side.Order}")
            .Append($"LIMIT {sql.Int64(limit)}");
    }

    private async Task<List<LogRecord>> FindAsync(Side side, int wanted, CancellationToken cancellationToken)
    {
        var found = new List<LogRecord>();
        if (wanted == 0)
            return found;
        // The record's own time is asked for by itself: any number of records may have it.
        var time = side.Query.Id.TimestampUnixNano;
        await AddAsync(found, side, [time], wanted, cancellationToken).ConfigureAwait(false);
        var reach = (ulong)LogContextQuery.Reach.Ticks * 100;
        var width = FirstWindowNanos;
        for (var done = 0UL; found.Count < wanted && done < reach; done += width, width *= Growth)
        {
            width = Math.Min(width, reach - done);
            if (side.WindowOf(time, done, width) is not { } window)
                break;
            var times = await queries.ReadAsync<ulong>(TimesSql(side, window, wanted - found.Count), LogReader.ReadTimes, cancellationToken).ConfigureAwait(false);
            if (times.Count > 0)
                await AddAsync(found, side, times, wanted, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private async Task AddAsync(List<LogRecord> found, Side side, IReadOnlyList<ulong> times, int wanted, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<LogRow>(RowsSql(side, times, wanted - found.Count), new LogRows().Read, cancellationToken).ConfigureAwait(false);
        found.AddRange(rows.Select(row => row.Record));
    }

    private static void AppendStream(SqlBuilder sql, Side side)
    {
        var resource = side.Record.Resource;
        sql.AppendLine($"  AND ServiceName = {sql.Text(resource.ServiceName)}");
        if (side.Query.Stream == LogStream.Service)
            return;
        var keys = new List<string>();
        var values = new List<string>();
        foreach (var attribute in resource.Attributes)
        {
            keys.Add(System.Text.Encoding.UTF8.GetString(attribute.Key));
            values.Add(System.Text.Encoding.UTF8.GetString(attribute.Value.Text));
        }

        // Keys are sorted, so equal maps have equal lists.
        sql.AppendLine($"  AND mapKeys(ResourceAttributes) = {sql.Texts(keys)} AND mapValues(ResourceAttributes) = {sql.Texts(values)}");
    }

    /// <summary>What lies before or after the record.</summary>
    internal sealed record Side(LogContextQuery Query, LogRecord Record, bool IsAfter)
    {
        public string Order => IsAfter ? "ASC" : "DESC";

        /// <summary>So much time, beginning so far from the record's own; none beyond the times that can be stored.</summary>
        public TimeRange? WindowOf(ulong time, ulong distance, ulong width)
        {
            if (!IsAfter)
                return distance >= time ? null : new TimeRange(time - Math.Min(distance + width, time), time - distance);
            var start = time + 1 + distance;
            return start > long.MaxValue ? null : new TimeRange(start, Math.Min(start + width, long.MaxValue));
        }
    }
}
