using System.Security.Cryptography;
using Otelier.Signals;
using Otelier.Storage.Catalog;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Catalog;

/// <summary>The acts of administration in <c>otelier_audit</c>.</summary>
internal sealed class ClickHouseAuditLog(BlockInserter inserter, QueryRunner queries) : IAuditLog
{
    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        inserter.InsertAsync(
            AuditTable.Table, entries, entries.Count, $"audit:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", cancellationToken);

    /// <inheritdoc/>
    public async Task<Page<AuditEntry>> FindAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var entries = await queries.ReadAsync<AuditEntry>(FindSql(query), (block, rows) => Read(block, query.Tenant, rows), cancellationToken).ConfigureAwait(false);
        var hasMore = entries.Count > query.Limit;
        if (hasMore)
            entries.RemoveRange(query.Limit, entries.Count - query.Limit);
        return new Page<AuditEntry>(entries, hasMore ? new PageKey(entries[^1].TimeUnixNano, entries[^1].Id) : null, []);
    }

    internal static SqlBuilder FindSql(AuditQuery query)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT toInt64(toUnixTimestamp64Nano(Time)) AS At, Id, ActorId, ActorName, ActorTenant, toString(Action) AS Act, Target, toString(Outcome) AS Came, RemoteAddress")
            .FromTenant(AuditTable.Name, query.Tenant);
        sql.AppendLine($"  AND Time >= {sql.Time(query.Range.StartUnixNano)} AND Time < {sql.Time(query.Range.EndUnixNano)}");
        if (query.After is { } after)
            sql.AppendLine($"  AND (Time, Id) < ({sql.Time(after.TimeUnixNano)}, {sql.Text(after.Id)})");
        return sql.AppendLine("ORDER BY Time DESC, Id DESC").Append($"LIMIT {sql.Int64(query.Limit + 1)}");
    }

    private static void Read(NativeBlock block, TenantId tenant, List<AuditEntry> rows)
    {
        var times = block.GetInt64("At");
        var (ids, actors, names, tenants) = (block.GetBytes("Id"), block.GetBytes("ActorId"), block.GetBytes("ActorName"), block.GetBytes("ActorTenant"));
        var (actions, targets, outcomes, addresses) = (block.GetBytes("Act"), block.GetBytes("Target"), block.GetBytes("Came"), block.GetBytes("RemoteAddress"));
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new AuditEntry(
                tenant,
                (ulong)times[row],
                ids.GetString(row),
                actors.GetString(row),
                names.GetString(row),
                tenants.GetString(row),
                actions.GetString(row),
                targets.GetString(row),
                outcomes.GetString(row),
                addresses.GetString(row)));
        }
    }
}
