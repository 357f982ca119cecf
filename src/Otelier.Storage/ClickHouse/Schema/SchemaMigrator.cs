using System.Globalization;
using Microsoft.Extensions.Logging;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Schema;

/// <summary>
/// Brings the database's tables to what this program knows, step by step, before anything else uses them. What was applied
/// is written in <c>otelier_schema_version</c>.
/// </summary>
internal sealed partial class SchemaMigrator(IClickHouseTransport transport, TimeProvider time, ILogger logger)
{
    private const string CreateVersionTable = """
        CREATE TABLE IF NOT EXISTS otelier_schema_version
        (
            version UInt32,
            name String,
            checksum String,
            applied_at DateTime64(3, 'UTC')
        )
        ENGINE = MergeTree ORDER BY version
        SETTINGS fsync_after_insert = 1
        """;

    private const string SelectVersions =
        "SELECT version, any(name) AS name, any(checksum) AS checksum FROM otelier_schema_version GROUP BY version ORDER BY version";

    private const string InsertVersion = """
        INSERT INTO otelier_schema_version (version, name, checksum, applied_at)
        SELECT {version:UInt32}, {name:String}, {checksum:String}, fromUnixTimestamp64Milli({applied:Int64})
        """;

    /// <summary>Applies the scripts that were not applied yet.</summary>
    /// <param name="scripts">All steps, in the order of their versions.</param>
    /// <param name="settings">The values of the scripts' <c>{{name}}</c> placeholders. Their change alone alters no table.</param>
    /// <param name="cancellationToken">Stops between statements; the step is then applied again next time.</param>
    /// <returns>How many steps were applied now.</returns>
    /// <exception cref="SchemaException">The database is newer than this program, or has other steps than it.</exception>
    /// <exception cref="ClickHouseException">A statement failed; its step is not recorded.</exception>
    internal async Task<int> ApplyAsync(
        IReadOnlyList<SchemaScript> scripts,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken)
    {
        for (var i = 1; i < scripts.Count; i++)
        {
            if (scripts[i].Version <= scripts[i - 1].Version)
                throw new ArgumentException($"Schema step {scripts[i].Version} is double or out of order.", nameof(scripts));
        }

        // All of them first: a placeholder without a value must not leave the schema half made.
        var statements = scripts.Select(s => s.Statements(settings)).ToList();
        await transport.ExecuteAsync(SqlStatement.Unlimited(CreateVersionTable), cancellationToken).ConfigureAwait(false);
        var applied = await CheckAppliedAsync(scripts, cancellationToken).ConfigureAwait(false);
        foreach (var (script, texts) in scripts.Zip(statements).Skip(applied))
        {
            foreach (var statement in texts)
                await transport.ExecuteAsync(SqlStatement.Unlimited(statement), cancellationToken).ConfigureAwait(false);
            await RecordAsync(script, cancellationToken).ConfigureAwait(false);
            LogApplied(logger, script.Version, script.Name);
        }

        return scripts.Count - applied;
    }

    private async Task<int> CheckAppliedAsync(IReadOnlyList<SchemaScript> scripts, CancellationToken cancellationToken)
    {
        var applied = 0;
        await foreach (var block in transport.QueryAsync(SqlStatement.Unlimited(SelectVersions), cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < block.RowCount; row++)
            {
                Check(block.GetUInt32("version")[row], block.GetBytes("name").GetString(row), block.GetBytes("checksum").GetString(row));
                applied++;
            }
        }

        return applied;

        void Check(uint version, string name, string checksum)
        {
            if (applied == scripts.Count)
            {
                throw new SchemaException(
                    $"The database was made by a newer Otelier: it has schema step {version} ({name}), this program knows {scripts.Count} steps. "
                    + "Run the newer program, or use another data directory or database.");
            }

            if (version != scripts[applied].Version)
                throw new SchemaException($"The database lacks schema step {scripts[applied].Version} but has step {version} ({name}): it was changed by hand.");
            var script = scripts[applied];
            if (script.Checksum != checksum)
            {
                throw new SchemaException(
                    $"Schema step {version} ({name}) was applied from another text than this program has. Run the program that made the "
                    + "database, or use another data directory or database.");
            }
        }
    }

    private Task RecordAsync(SchemaScript script, CancellationToken cancellationToken) =>
        transport.ExecuteAsync(
            SqlStatement.Unlimited(
                InsertVersion,
                SqlParameter.String("version", script.Version.ToString(CultureInfo.InvariantCulture)),
                SqlParameter.String("name", script.Name),
                SqlParameter.String("checksum", script.Checksum),
                SqlParameter.Int64("applied", time.GetUtcNow().ToUnixTimeMilliseconds())),
            cancellationToken);

    [LoggerMessage(EventName = "SchemaStepApplied", Level = LogLevel.Information, Message = "Schema step {Version} ({Name}) applied")]
    private static partial void LogApplied(ILogger logger, int version, string name);
}
