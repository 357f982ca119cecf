using Otelier.Signals;
using Otelier.Signals.Filters;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Counts what a search finds, no further than it is worth.</summary>
internal static class CountSql
{
    /// <summary>How many rows match, up to one more than are counted.</summary>
    public static SqlBuilder Rows(SearchedTable table, TenantId tenant, TimeRange range, Filter? filter) => Of("1", table, tenant, range, filter);

    /// <summary>How many values of a column the matching rows have, up to one more than are counted.</summary>
    public static SqlBuilder Distinct(string column, SearchedTable table, TenantId tenant, TimeRange range, Filter? filter) =>
        Of($"DISTINCT {column}", table, tenant, range, filter);

    /// <summary>The number, or <see langword="null"/> where it took too long to find.</summary>
    /// <exception cref="StoreException">The query failed otherwise.</exception>
    public static async Task<ulong?> CountAsync(this QueryRunner queries, SqlBuilder sql, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await queries.ReadWithinAsync<ulong>(SearchLimits.CountTimeMax, sql, Read, cancellationToken).ConfigureAwait(false);
            return counts.Count == 0 ? 0 : counts[0];
        }
        catch (StoreException e) when (e.Fault is StoreFault.Timeout or StoreFault.LimitExceeded)
        {
            return null;
        }
    }

    private static SqlBuilder Of(string selected, SearchedTable table, TenantId tenant, TimeRange range, Filter? filter)
    {
        var sql = new SqlBuilder().AppendLine("SELECT count() AS Total FROM (").AppendLine($"SELECT {selected}").FromRange(table, tenant, range);
        FilterSql.AppendAnd(sql, table, filter);
        return sql.Append($"LIMIT {sql.Int64(SearchLimits.CountedRowsMax + 1)})");
    }

    private static void Read(NativeBlock block, List<ulong> rows) => rows.Add(block.GetUInt64("Total")[0]);
}
