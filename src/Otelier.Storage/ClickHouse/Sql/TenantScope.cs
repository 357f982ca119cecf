using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// The only place where FROM is written: a table is always read as one tenant's rows, so no query can forget whose they are.
/// </summary>
internal static class TenantScope
{
    /// <summary>Width of the time step by which log records are sorted, in nanoseconds.</summary>
    private const ulong LogStepNanos = 10_000_000_000;

    /// <summary>Writes <c>FROM … WHERE</c> with tenant and time; further conditions are added with AND.</summary>
    public static SqlBuilder FromRange(this SqlBuilder sql, SearchedTable table, TenantId tenant, TimeRange range) =>
        sql.FromTenant(table.Name, tenant)
            .AppendLine($"  AND {table.Time} >= {sql.Time(range.StartUnixNano)} AND {table.Time} < {sql.Time(range.EndUnixNano)}");

    /// <summary>Writes <c>FROM … WHERE</c> with the tenant alone, for what is found by an id that an index knows.</summary>
    public static SqlBuilder FromTenant(this SqlBuilder sql, string table, TenantId tenant) =>
        sql.AppendLine($"FROM {table}").AppendLine($"WHERE Tenant = {sql.Text(tenant.Value)}");

    /// <summary>The time step by which log records are sorted, exactly as the schema spells it.</summary>
    public static string LogStepOf(string time) => $"toStartOfInterval(toDateTime({time}), INTERVAL 10 SECOND)";

    /// <summary>The time steps that some log records' times lie in, in seconds since 1970.</summary>
    public static IReadOnlyList<ulong> LogStepsOf(IEnumerable<ulong> unixNanos) =>
        [.. unixNanos.Select(time => (time - (time % LogStepNanos)) / 1_000_000_000).Distinct()];
}
