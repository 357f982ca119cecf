using System.Runtime.CompilerServices;
using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Export;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Traces;

namespace Otelier.Storage.ClickHouse;

/// <summary>All matching rows of <c>otel_traces</c> and <c>otel_logs</c>, window by window.</summary>
internal sealed class ClickHouseExportStore(QueryRunner queries, LogBodyIndex index) : IExportStore
{
    private readonly SearchedTable _logs = SearchedTable.LogsWith(index);

    /// <summary>Rows of a block: about a megabyte, of which a few are read ahead.</summary>
    private const int BlockRows = 1024;

    /// <summary>A window's statement waits for a slow reader, so it may take much longer than a search.</summary>
    private static readonly TimeSpan WindowTimeMax = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public IAsyncEnumerable<Span> StreamSpansAsync(ExportQuery query, CancellationToken cancellationToken)
    {
        var rows = new SpanRows();
        return StreamAsync<Span>(query.Range, window => SpansSql(query, window), rows.Read, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRecord> StreamLogsAsync(ExportQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new LogRows();
        await foreach (var row in StreamAsync<LogRow>(query.Range, window => LogsSql(_logs, query, window), rows.Read, cancellationToken).ConfigureAwait(false))
            yield return row.Record;
    }

    internal static SqlBuilder SpansSql(ExportQuery query, TimeRange window) =>
        WindowSql(query, window, SearchedTable.Spans, SpanRows.SelectList, "SpanId DESC, TraceId DESC");

    internal static SqlBuilder LogsSql(SearchedTable table, ExportQuery query, TimeRange window) =>
        WindowSql(query, window, table, LogRows.SelectList, "Hash DESC");

    /// <summary>Newest first; the order begins like the sort key, so the engine sorts a second or a minute at a time and never the whole window.</summary>
    private static SqlBuilder WindowSql(ExportQuery query, TimeRange window, SearchedTable table, string columns, string order)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {columns}").FromRange(table, query.Tenant, window);
        FilterSql.AppendAnd(sql, table, query.Filter);
        return sql
            .AppendLine($"ORDER BY {table.SortedBy} DESC, {table.Time} DESC, {order}")
            .Append($"SETTINGS optimize_read_in_order = 1, max_block_size = {BlockRows}, max_threads = 1");
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        TimeRange range, Func<TimeRange, SqlBuilder> sqlOf, Action<NativeBlock, List<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var windows = new ExportWindows(range);
        while (windows.TryNext(out var window))
        {
            var found = 0L;
            await foreach (var block in queries.StreamAsync(sqlOf(window), WindowTimeMax, cancellationToken).ConfigureAwait(false))
            {
                items.Clear();
                read(block, items);
                found += items.Count;
                foreach (var item in items)
                    yield return item;
            }

            windows.Grow(found);
        }
    }
}
