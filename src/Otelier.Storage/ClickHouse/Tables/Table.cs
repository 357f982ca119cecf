using System.Buffers;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>A table that blocks are inserted into.</summary>
internal sealed class Table<TBlock>(string name, IReadOnlyList<TableColumn<TBlock>> columns)
{
    public string Name => name;

    public IReadOnlyList<TableColumn<TBlock>> Columns => columns;

    public IReadOnlyList<string> ColumnNames { get; } = [.. columns.Select(column => column.Name)];

    /// <summary>Writes <paramref name="rows"/> rows as one block of the Native format.</summary>
    public void Write(TBlock block, int rows, NativeColumnWriter writer, IBufferWriter<byte> output)
    {
        writer.BeginBlock(output, columns.Count, rows);
        foreach (var column in columns)
        {
            writer.BeginColumn(column.Name, column.Type);
            column.Write(block, writer);
        }
    }
}
