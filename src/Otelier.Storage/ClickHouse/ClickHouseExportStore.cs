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
/// <param name="queries">Runs the statements.</param>
/// <param name="index">Which index the bodies of log records have.</param>
/// <param name="freed">What gives the engine's memory back between windows; <see langword="null"/> for an engine in another process.</param>
internal sealed class ClickHouseExportStore(QueryRunner queries, LogBodyIndex index, FreedMemory? freed) : IExportStore
{
    private readonly SearchedTable _logs = SearchedTable.LogsWith(index);

    /// <summary>Rows of a block: about half a megabyte, of which a few are read ahead.</summary>
    private const int BlockRows = 512;

    /// <summary>
    /// Rows of a window, matching or not. What a statement holds in memory grows with its window: with the parts it reads at once, each with
    /// its columns' buffers, and with the rows of one step of the sort key, which it sorts.
    /// </summary>
    private const long WindowRows = 20_000;

    /// <summary>Most rows of a window, unless they are all of one time.</summary>
    private const long WindowRowsMax = 60_000;

    /// <summary>A window's statement waits for a slow reader, so it may take much longer than a search.</summary>
    private static readonly TimeSpan WindowTimeMax = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public IAsyncEnumerable<Span> StreamSpansAsync(ExportQuery query, CancellationToken cancellationToken)
    {
        var rows = new SpanRows();
        return StreamAsync<Span>(SearchedTable.Spans, query, window => SpansSql(query, window), rows.Read, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRecord> StreamLogsAsync(ExportQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new LogRows();
        await foreach (var row in StreamAsync<LogRow>(_logs, query, window => LogsSql(_logs, query, window), rows.Read, cancellationToken).ConfigureAwait(false))
            yield return row.Record;
    }

    internal static SqlBuilder SpansSql(ExportQuery query, TimeRange window) =>
        WindowSql(query, window, SearchedTable.Spans, SpanRows.SelectList, "SpanId DESC, TraceId DESC");

    internal static SqlBuilder LogsSql(SearchedTable table, ExportQuery query, TimeRange window) =>
        WindowSql(query, window, table, LogRows.SelectList, "Hash DESC");

    private static SqlBuilder WindowSql(ExportQuery query, TimeRange window, SearchedTable table, string columns, string order)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {columns}").FromRange(table, query.Tenant, window);
        FilterSql.AppendAnd(sql, table, query.Filter);
        return sql
            .AppendLine($"ORDER BY {table.NewestFirst(window)}, {order}")
            .Append($"SETTINGS optimize_read_in_order = 1, max_block_size = {BlockRows}, max_threads = 1");
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        SearchedTable table,
        ExportQuery query,
        Func<TimeRange, SqlBuilder> sqlOf,
        Action<NativeBlock, List<T>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var windows = new BackwardWindows(query.Range, WindowRules.AllOf(table));
        while (windows.TryNext(out var window))
        {
            var count = await CountAsync(table, query, window, cancellationToken).ConfigureAwait(false);
            if (count > WindowRowsMax && windows.TryShorten(window, count, WindowRows))
                continue;
            windows.Grow(count, WindowRows);
            if (count == 0)
                continue;
            await foreach (var block in queries.StreamAsync(sqlOf(window), WindowTimeMax, cancellationToken).ConfigureAwait(false))
            {
                items.Clear();
                read(block, items);
                foreach (var item in items)
                    yield return item;
            }

            if (freed is not null)
                await freed.GiveBackAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The rows of a window whether they match or not: by the sort key's columns alone this takes a hundredth of reading them.</summary>
    private async Task<long> CountAsync(SearchedTable table, ExportQuery query, TimeRange window, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder().AppendLine("SELECT count() AS Rows").FromRange(table, query.Tenant, window);
        var counts = await queries.ReadAsync<ulong>(sql, static (block, rows) => rows.Add(block.GetUInt64("Rows")[0]), cancellationToken).ConfigureAwait(false);
        return (long)counts[0];
    }
}
