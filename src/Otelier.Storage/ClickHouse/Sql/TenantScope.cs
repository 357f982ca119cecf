using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>
/// The only place where FROM and DELETE are written: a table is always read, and deleted from, as one tenant's rows, so no statement can
/// forget whose they are.
/// </summary>
internal static class TenantScope
{
    /// <summary>Writes <c>FROM … WHERE</c> with tenant and time; further conditions are added with AND.</summary>
    public static SqlBuilder FromRange(this SqlBuilder sql, SearchedTable table, TenantId tenant, TimeRange range)
    {
        sql.FromTenant(table.Name, tenant);
        var (start, end) = (sql.Time(range.StartUnixNano), sql.Time(range.EndUnixNano));
        sql.AppendLine($"  AND {table.Time} >= {start} AND {table.Time} < {end}");
        if (table.Step is { } step && SortStep.Covers(range))
            sql.AppendLine($"  AND {step.Of(table.Time)} >= {step.Of(start)} AND {step.Of(table.Time)} <= {step.Of(end)}");
        return sql;
    }

    /// <summary>Writes <c>FROM … WHERE</c> with the tenant alone, for what is found by an id that an index knows.</summary>
    public static SqlBuilder FromTenant(this SqlBuilder sql, string table, TenantId tenant) =>
        sql.Of(tenant).AppendLine($"FROM {table}").AppendLine($"WHERE Tenant = {sql.Text(tenant.Value)}");

    /// <summary>
    /// Writes a statement that takes a tenant's rows out of the table's parts and ends when that is done. Parts without any are not
    /// written anew.
    /// </summary>
    public static SqlBuilder DeleteTenant(this SqlBuilder sql, string table, TenantId tenant) =>
        sql.Of(tenant).AppendLine($"ALTER TABLE {table} DELETE").AppendLine($"WHERE Tenant = {sql.Text(tenant.Value)}").Append("SETTINGS mutations_sync = 1");
}
