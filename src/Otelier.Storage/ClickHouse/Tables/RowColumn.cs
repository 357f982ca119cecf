using System.Text;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>Columns of tables whose few rows are written from a list.</summary>
internal static class RowColumn
{
    public static TableColumn<IReadOnlyList<TRow>> Text<TRow>(string name, string type, Func<TRow, string> select) => new(name, type, (rows, writer) =>
    {
        foreach (var row in rows)
            writer.WriteText(select(row));
    });

    public static TableColumn<IReadOnlyList<TRow>> Bytes<TRow>(string name, string type, Func<TRow, ReadOnlyMemory<byte>> select) =>
        Text<TRow>(name, type, row => Encoding.UTF8.GetString(select(row).Span));

    public static TableColumn<IReadOnlyList<TRow>> Fixed<TRow, TValue>(string name, string type, Func<TRow, TValue> select)
        where TValue : unmanaged => new(name, type, (rows, writer) => writer.WriteFixed<TValue>([.. rows.Select(select)]));
}
