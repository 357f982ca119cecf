using Otelier.Signals;
using Otelier.Storage.ClickHouse.Catalog;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.ClickHouse.Upkeep;

namespace Otelier.Storage.ClickHouse;

/// <summary>The rows of one tenant in every table that has tenants.</summary>
/// <param name="transport">The way to the engine.</param>
/// <param name="catalog">Has the tenant's documents in memory too.</param>
/// <param name="metrics">Remembers which series it has stored.</param>
/// <param name="calls">Writes rows of its own accord.</param>
internal sealed class ClickHouseTenantStore(
    IClickHouseTransport transport, ClickHouseCatalog catalog, ClickHouseMetricStore metrics, CallUpkeep calls) : ITenantStore
{
    /// <summary>Every table with a column Tenant but the audit trail.</summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [
        SpanTable.Table.Name,
        LogTable.Table.Name,
        MetricSeriesTable.Table.Name,
        .. MetricTables.All.Select(table => table.Table.Name),
        RedTable.Operations.Name,
        RedTable.Services.Name,
        CallTable.Minutes.Name,
        CallTable.Hours.Name,
        CatalogTable.Table.Name,
        DocumentTable.Table.Name,
    ];

    /// <inheritdoc/>
    public async Task EraseAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        // In memory first, and by rows that say so: were only the rows deleted, the snapshot would still have the documents.
        await catalog.ForgetAsync(tenant, cancellationToken).ConfigureAwait(false);
        // A series of this tenant that comes again is a new one.
        metrics.ForgetSeries();
        try
        {
            // What was worked out from rows that go must not come after they have gone.
            using var pause = await calls.PauseAsync(cancellationToken).ConfigureAwait(false);
            foreach (var table in Tables)
                await transport.ExecuteAsync(EraseSql(table, tenant), cancellationToken).ConfigureAwait(false);
        }
        catch (ClickHouseException fault)
        {
            throw StoreFaults.Translate(fault);
        }
    }

    internal static SqlStatement EraseSql(string table, TenantId tenant) => new SqlBuilder().DeleteTenant(table, tenant).Build(QueryLimits.None);
}
