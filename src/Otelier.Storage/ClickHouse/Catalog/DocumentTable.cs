using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Catalog;

/// <summary>A version of a document as a row.</summary>
internal sealed record DocumentRow(string Kind, string Tenant, string Id, ulong Version, ulong ChangedUnixNano, bool IsDeleted, ReadOnlyMemory<byte> Body);

/// <summary><c>otelier_catalog</c>.</summary>
internal static class DocumentTable
{
    public static readonly Table<IReadOnlyList<DocumentRow>> Table = new("otelier_catalog",
    [
        RowColumn.Text<DocumentRow>("Kind", "String", row => row.Kind),
        RowColumn.Text<DocumentRow>("Tenant", "String", row => row.Tenant),
        RowColumn.Text<DocumentRow>("Id", "String", row => row.Id),
        RowColumn.Fixed<DocumentRow, ulong>("Version", "UInt64", row => row.Version),
        RowColumn.Fixed<DocumentRow, ulong>("ChangedAt", TypeNames.Time, row => row.ChangedUnixNano),
        RowColumn.Fixed<DocumentRow, byte>("IsDeleted", "UInt8", row => row.IsDeleted ? (byte)1 : (byte)0),
        RowColumn.Bytes<DocumentRow>("Body", "String", row => row.Body),
    ]);
}
