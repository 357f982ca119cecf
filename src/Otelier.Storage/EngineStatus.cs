using System.Globalization;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage;

/// <summary>How the engine behind the stores is, in a few numbers.</summary>
/// <param name="MemoryBytes">Memory the engine tracks as its own.</param>
/// <param name="Parts">Active parts of all tables.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="BytesOnDisk">Bytes of them on disk.</param>
/// <param name="Merges">Merges under way.</param>
public sealed record EngineNumbers(long MemoryBytes, long Parts, long Rows, long BytesOnDisk, long Merges);

/// <summary>Asks the engine how it is.</summary>
public sealed class EngineStatus
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly IClickHouseTransport _transport;

    private readonly QueryRunner _queries;

    internal EngineStatus(IClickHouseTransport transport, QueryRunner queries)
    {
        _transport = transport;
        _queries = queries;
    }

    public QueryNumbers Queries => _queries.Numbers;

    /// <summary>The engine's numbers now.</summary>
    /// <exception cref="StoreException">The engine did not answer.</exception>
    public async Task<EngineNumbers> GetAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT
                assumeNotNull((SELECT toInt64(sum(value)) FROM system.metrics WHERE metric = 'MemoryTracking')) AS Memory,
                assumeNotNull((SELECT toInt64(count()) FROM system.merges)) AS Merges,
                toInt64(count()) AS Parts, toInt64(sum(rows)) AS Rows, toInt64(sum(bytes_on_disk)) AS Bytes
            FROM system.parts WHERE active AND database = currentDatabase()
            """;
        try
        {
            await foreach (var block in _transport.QueryAsync(new SqlStatement(Sql, [], new QueryLimits { ExecutionTimeMax = AnswerWithin }), cancellationToken))
            {
                return new EngineNumbers(
                    block.GetInt64("Memory").Values[0],
                    block.GetInt64("Parts").Values[0],
                    block.GetInt64("Rows").Values[0],
                    block.GetInt64("Bytes").Values[0],
                    block.GetInt64("Merges").Values[0]);
            }

            throw new StoreException(StoreFault.Internal, "The engine answered nothing about itself.");
        }
        catch (ClickHouseException exception)
        {
            throw ClickHouse.StoreFaults.Translate(exception);
        }
    }

    /// <summary>The active parts of every table, by table and partition, of all tenants.</summary>
    /// <exception cref="StoreException">The engine did not answer.</exception>
    public async Task<IReadOnlyList<TableNumbers>> GetTablesAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT table AS Table, partition AS Partition, sum(rows) AS Rows, sum(data_compressed_bytes) AS Compressed,
                sum(data_uncompressed_bytes) AS Uncompressed, count() AS Parts,
                toUInt64(toUnixTimestamp(min(min_time))) AS Oldest, toUInt64(toUnixTimestamp(max(max_time))) AS Newest
            FROM system.parts WHERE active AND database = currentDatabase()
            GROUP BY table, partition ORDER BY table, partition
            """;
        var tables = new List<TableNumbers>();
        try
        {
            await foreach (var block in _transport.QueryAsync(new SqlStatement(Sql, [], new QueryLimits { ExecutionTimeMax = AnswerWithin }), cancellationToken))
                Read(block, tables);
            return tables;
        }
        catch (ClickHouseException exception)
        {
            throw ClickHouse.StoreFaults.Translate(exception);
        }
    }

    private static void Read(NativeBlock block, List<TableNumbers> tables)
    {
        var names = block.GetBytes("Table");
        var partitions = block.GetBytes("Partition");
        var rows = block.GetUInt64("Rows");
        var compressed = block.GetUInt64("Compressed");
        var uncompressed = block.GetUInt64("Uncompressed");
        var parts = block.GetUInt64("Parts");
        var oldest = block.GetUInt64("Oldest");
        var newest = block.GetUInt64("Newest");
        for (var row = 0; row < block.RowCount; row++)
        {
            DateOnly? day = DateOnly.TryParseExact(partitions.GetString(row), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) ? known : null;
            tables.Add(new TableNumbers(names.GetString(row), day, rows[row], compressed[row], uncompressed[row], parts[row], oldest[row], newest[row]));
        }
    }
}
