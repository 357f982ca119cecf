using Otelier.Storage.Catalog;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Catalog;

/// <summary><c>otelier_audit</c>.</summary>
internal static class AuditTable
{
    public const string Name = "otelier_audit";

    public static readonly Table<IReadOnlyList<AuditEntry>> Table = new(Name,
    [
        // The engine makes the dictionary of a column that has one.
        RowColumn.Text<AuditEntry>("Tenant", "String", entry => entry.Tenant.Value),
        RowColumn.Fixed<AuditEntry, ulong>("Time", TypeNames.Time, entry => entry.TimeUnixNano),
        RowColumn.Text<AuditEntry>("Id", "String", entry => entry.Id),
        RowColumn.Text<AuditEntry>("ActorId", "String", entry => entry.ActorId),
        RowColumn.Text<AuditEntry>("ActorName", "String", entry => entry.ActorName),
        RowColumn.Text<AuditEntry>("ActorTenant", "String", entry => entry.ActorTenant),
        RowColumn.Text<AuditEntry>("Action", "String", entry => entry.Action),
        RowColumn.Text<AuditEntry>("Target", "String", entry => entry.Target),
        RowColumn.Text<AuditEntry>("Outcome", "String", entry => entry.Outcome),
        RowColumn.Text<AuditEntry>("RemoteAddress", "String", entry => entry.RemoteAddress),
    ]);
}
