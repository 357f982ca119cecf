using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>What to look at.</summary>
/// <param name="DataDirectory">The directory of a server that has ended.</param>
/// <param name="Merge">Merge every table to the end first.</param>
internal sealed record TableInspectionOrder(string DataDirectory, bool Merge);

/// <summary>A table with data.</summary>
internal sealed record TableSize(string Table, long Rows, long BytesOnDisk, long Parts);

/// <summary>All tables with data.</summary>
internal sealed record TableInspectionResult(IReadOnlyList<TableSize> Tables)
{
    /// <exception cref="KeyNotFoundException">The table has no rows.</exception>
    public TableSize Of(string table) =>
        Tables.FirstOrDefault(t => t.Table == table) ?? throw new KeyNotFoundException($"The table {table} has no rows.");
}

/// <summary>Counts what is in the store, after the server has ended.</summary>
internal static class TableInspection
{
    private const string Sizes = """
        SELECT table::String AS name, sum(rows)::UInt64 AS rows, sum(bytes_on_disk)::UInt64 AS bytes, count()::UInt64 AS parts
        FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table ORDER BY table
        """;

    public static async Task<TableInspectionResult> RunAsync(TableInspectionOrder order, CancellationToken cancellationToken)
    {
        await using var engine = EngineDirectory.Open(order.DataDirectory);
        if (order.Merge)
        {
            foreach (var table in await ReadAsync(engine, cancellationToken))
                await engine.ExecuteAsync(SqlStatement.Unlimited($"OPTIMIZE TABLE {SqlText.Table(table.Table)} FINAL"), cancellationToken);
        }

        return new TableInspectionResult(await ReadAsync(engine, cancellationToken));
    }

    private static async Task<List<TableSize>> ReadAsync(ChdbTransport engine, CancellationToken cancellationToken)
    {
        var tables = new List<TableSize>();
        await foreach (var block in engine.QueryAsync(SqlStatement.Unlimited(Sizes), cancellationToken))
        {
            for (var row = 0; row < block.RowCount; row++)
            {
                tables.Add(new TableSize(
                    block.GetBytes("name").GetString(row),
                    (long)block.GetUInt64("rows")[row],
                    (long)block.GetUInt64("bytes")[row],
                    (long)block.GetUInt64("parts")[row]));
            }
        }

        return tables;
    }
}
