using Otelier.Signals;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// Finds where a table's rows end. A search whose first window is empty goes on there: its senders may have stopped a minute ago, and a
/// window that has only grown until it meets what they sent would hold all of it.
/// </summary>
internal static class NewestStep
{
    /// <summary>
    /// What a statement whose order begins like the sort key has to be told: to read the parts from their ends and no further than its limit
    /// goes. By default the engine reads ahead of it, in blocks as long as eight granules.
    /// </summary>
    public const string FromEnd = "optimize_read_in_order = 1, read_in_order_use_buffering = 0, max_block_size = 8192";

    /// <summary>Lets windows, of which the first gave nothing, go on at the newest row before it, as short as they are.</summary>
    /// <returns>Whether they do; <see langword="false"/> where another window was the last, or where times are too wild to be found so.</returns>
    public static async Task<bool> SkipToNewestAsync(
        this QueryRunner queries, BackwardWindows windows, SearchedTable table, TenantId tenant, CancellationToken cancellationToken)
    {
        if (windows.Taken != 1 || table.Step is not { } step || !SortStep.Covers(windows.Rest))
            return false;
        var found = await queries.ReadAsync<ulong>(Sql(table, step, tenant, windows.Rest), Read, cancellationToken).ConfigureAwait(false);
        windows.EndAt(found.Count == 0 ? 0 : (found[0] + step.Seconds) * TimeRange.SecondNanos);
        return true;
    }

    /// <summary>The newest step of the sort key with a row in a range, in seconds since 1970, by reading one granule of each part.</summary>
    internal static SqlBuilder Sql(SearchedTable table, SortStep step, TenantId tenant, TimeRange range)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT toUInt64(toUnixTimestamp({step.Of(table.Time)})) AS Step").FromRange(table, tenant, range);
        return sql
            .AppendLine($"ORDER BY {step.Of(table.Time)} DESC")
            .AppendLine("LIMIT 1")
            .Append($"SETTINGS {FromEnd}");
    }

    private static void Read(NativeBlock block, List<ulong> rows)
    {
        var steps = block.GetUInt64("Step");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(steps[row]);
    }
}
