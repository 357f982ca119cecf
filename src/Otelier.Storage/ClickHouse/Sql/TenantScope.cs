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
        // Through the second the engine sees the range of times on its own.
        if (table.Step is { Seconds: > 1 } step && SortStep.Covers(range))
            sql.AppendLine($"  AND {step.Of(table.Time)} >= {step.Of(start)} AND {step.Of(table.Time)} <= {step.Of(end)}");
        return sql;
    }

    /// <summary>
    /// Writes <c>FROM … WHERE</c> with tenant and points in time, of which there is one at least; further conditions are added with AND. They
    /// are named by their steps too, so that few rows far apart are not read with everything between them.
    /// </summary>
    public static SqlBuilder FromTimes(this SqlBuilder sql, SearchedTable table, TenantId tenant, IReadOnlyCollection<ulong> times)
    {
        var distinct = times.Distinct().ToList();
        var range = new TimeRange(distinct.Min(), distinct.Max() + 1);
        sql.FromRange(table, tenant, range);
        if (table.Step is { } step && SortStep.Covers(range))
            sql.AppendLine($"  AND {step.Of(table.Time)} IN {sql.SecondSet([.. distinct.Select(step.Of).Distinct()])}");
        return sql.AppendLine($"  AND {table.Time} IN {sql.TimeSet(distinct)}");
    }

    /// <summary>Writes <c>FROM … WHERE</c> with the tenant alone, for what is found by an id that an index knows.</summary>
    public static SqlBuilder FromTenant(this SqlBuilder sql, string table, TenantId tenant) =>
        sql.Of(tenant).AppendLine($"FROM {table}").AppendLine($"WHERE Tenant = {sql.Text(tenant.Value)}");

    /// <summary>Writes <c>FROM … WHERE</c> with the tenant and minutes, for a rollup by the minute; further conditions are added with AND.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="table">The rollup's table.</param>
    /// <param name="tenant">Whose lines.</param>
    /// <param name="minutes">A range of whole minutes.</param>
    public static SqlBuilder FromMinutes(this SqlBuilder sql, string table, TenantId tenant, TimeRange minutes) => sql
        .FromTenant(table, tenant)
        .AppendLine($"  AND Minute >= toDateTime({sql.Int64((long)(minutes.StartUnixNano / TimeRange.SecondNanos))}, 'UTC')")
        .AppendLine($"  AND Minute < toDateTime({sql.Int64((long)(minutes.EndUnixNano / TimeRange.SecondNanos))}, 'UTC')");

    /// <summary>Writes a statement that lists whose rows a table has: the names, and nothing that is anybody's.</summary>
    public static SqlBuilder SelectTenants(this SqlBuilder sql, string table) => sql.AppendLine("SELECT DISTINCT Tenant").Append($"FROM {table}");

    /// <summary>
    /// Writes a statement that takes a tenant's rows out of the table's parts and ends when that is done. Parts without any are not
    /// written anew.
    /// </summary>
    public static SqlBuilder DeleteTenant(this SqlBuilder sql, string table, TenantId tenant) =>
        sql.Of(tenant).AppendLine($"ALTER TABLE {table} DELETE").AppendLine($"WHERE Tenant = {sql.Text(tenant.Value)}").Append("SETTINGS mutations_sync = 1");
}
