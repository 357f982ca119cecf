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

/// <summary>What the queries of the readers came to since the store was opened.</summary>
/// <param name="Count">Queries begun.</param>
/// <param name="Failures">Queries that failed, limits included.</param>
/// <param name="Seconds">Time they took, from the statement to the last row read.</param>
/// <param name="Active">Queries under way.</param>
public sealed record QueryNumbers(long Count, long Failures, double Seconds, int Active);

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
}
