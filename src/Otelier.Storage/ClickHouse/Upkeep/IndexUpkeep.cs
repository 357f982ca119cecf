using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Schema;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Upkeep;

/// <summary>
/// Builds the indexes that inserts leave to merges (<see cref="SchemaSettings.IndexesBuiltByMerges"/>) for parts that no merge has come
/// to: merges wait for more parts, and after a burst there may be none for long.
/// </summary>
/// <param name="transport">The way to the engine.</param>
/// <param name="ageMin">How long parts are left to merges.</param>
internal sealed class IndexUpkeep(IClickHouseTransport transport, TimeSpan ageMin)
{
    /// <summary>Fewer rows of a partition are read as quickly as their index would be.</summary>
    internal const ulong RowsMin = 100_000;

    /// <summary>A table that wrote so many rows within the same time, merges included, is left alone: it is busy, and merges come.</summary>
    private const ulong BusyRows = 2_000_000;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    // A part that was inserted and neither merged nor mutated has level 0, and its data is as old as its block. A mutation of one partition
    // marks the parts of all as mutated, so where a table has it begun for one, all that need it are named.
    private const string Unbuilt = """
        SELECT Table, arraySort(groupArray(Partition)) AS Partitions
        FROM
        (
            SELECT table AS Table, partition_id AS Partition, sumIf(rows, modification_time <= now() - {age:UInt64}) AS Waiting
            FROM system.parts
            WHERE active AND database = currentDatabase() AND level = 0 AND data_version = min_block_number
                AND table IN (SELECT table FROM system.data_skipping_indices WHERE database = currentDatabase() AND name IN {indexes:Array(String)})
                AND table NOT IN (SELECT table FROM system.mutations WHERE database = currentDatabase() AND NOT is_done)
                AND table NOT IN
                (
                    SELECT table FROM system.parts WHERE active AND database = currentDatabase() AND modification_time > now() - {age:UInt64}
                    GROUP BY table HAVING sum(rows) >= {busy:UInt64}
                )
            GROUP BY table, partition_id
        )
        GROUP BY Table
        HAVING max(Waiting) >= {rows:UInt64}
        ORDER BY Table
        """;

    private sealed record Unindexed(string Table, IReadOnlyList<string> Partitions);

    /// <summary>Has the engine begin to build what is missing; it goes on in the background, as merges do.</summary>
    /// <exception cref="ClickHouseException">The engine refused or did not answer.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, partitions) in await FindUnbuiltAsync(cancellationToken).ConfigureAwait(false))
        {
            var built = from partition in partitions
                        from index in SchemaSettings.IndexesBuiltByMerges
                        select $"MATERIALIZE INDEX {SqlText.Name(index)} IN PARTITION ID '{SqlText.Token(partition)}'";
            await transport.ExecuteAsync(
                SqlStatement.Unlimited($"ALTER TABLE {SqlText.Table(table)} {string.Join(", ", built)}"), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<Unindexed>> FindUnbuiltAsync(CancellationToken cancellationToken)
    {
        var statement = new SqlStatement(
            Unbuilt,
            [
                SqlParameter.UInt64("age", (ulong)ageMin.TotalSeconds),
                SqlParameter.UInt64("rows", RowsMin),
                SqlParameter.UInt64("busy", BusyRows),
                SqlParameter.Strings("indexes", SchemaSettings.IndexesBuiltByMerges),
            ],
            new QueryLimits { ExecutionTimeMax = AnswerWithin });
        var found = new List<Unindexed>();
        await foreach (var block in transport.QueryAsync(statement, cancellationToken).ConfigureAwait(false))
        {
            var (tables, partitions) = (block.GetBytes("Table"), block.GetArray("Partitions"));
            var ids = (BytesResultColumn)partitions.Items;
            for (var row = 0; row < block.RowCount; row++)
            {
                var (start, count) = partitions[row];
                found.Add(new Unindexed(tables.GetString(row), [.. Enumerable.Range(start, count).Select(ids.GetString)]));
            }
        }

        return found;
    }
}
