using System.Security.Cryptography;
using System.Text;
using Otelier.Signals;
using Otelier.Storage.Catalog;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Catalog;

/// <summary>The catalog in <c>otelier_catalog</c>: a row per version of a document, and all of the newest in memory.</summary>
internal sealed class ClickHouseCatalog(IClickHouseTransport transport, BlockInserter inserter, TimeProvider time) : ICatalog, IDisposable
{
    // The one table that is read for all tenants at once: what is kept of it in memory is looked up by tenant.
    private const string SelectNewest = """
        SELECT Kind, Tenant, Id, Version, ChangedAt, IsDeleted, Body
        FROM otelier_catalog FINAL
        ORDER BY Kind, Tenant, Id
        """;

    private static readonly QueryLimits ReadLimits = new() { ExecutionTimeMax = TimeSpan.FromSeconds(30) };

    private readonly SemaphoreSlim _writing = new(1);
    private CatalogSnapshot _snapshot = CatalogSnapshot.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<CatalogDocument> List(CatalogKind kind) => Volatile.Read(ref _snapshot).Of(kind).List;

    /// <inheritdoc/>
    public ulong Generation(CatalogKind kind) => Volatile.Read(ref _snapshot).Of(kind).Generation;

    /// <inheritdoc/>
    public async Task<CatalogOutcome> ApplyAsync(CatalogKind kind, IReadOnlyList<CatalogChange> changes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = _snapshot;
            var outcome = before.Check(kind, changes);
            if (outcome != CatalogOutcome.Applied || changes.Count == 0)
                return outcome;
            var (now, version) = NextVersion(before);
            var rows = changes
                .Select(change => new DocumentRow(kind.Name, change.Tenant.Value, change.Id, version, now, change.Body is null, change.Body ?? default))
                .ToList();
            await inserter.InsertAsync(DocumentTable.Table, rows, rows.Count, NewToken(), cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _snapshot, before.With(kind, changes, version, now));
            return CatalogOutcome.Applied;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Removes every document of a tenant, of all kinds; their rows stay as removed ones.</summary>
    /// <exception cref="StoreException">The store did not take it; readers see what was before. The call may be repeated.</exception>
    public async Task ForgetAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = _snapshot;
            var (now, version) = NextVersion(before);
            var rows = before.DocumentsOf(tenant)
                .Select(row => new DocumentRow(row.Kind, tenant.Value, row.Document.Id, version, now, IsDeleted: true, default))
                .ToList();
            await inserter.InsertAsync(DocumentTable.Table, rows, rows.Count, NewToken(), cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _snapshot, before.Without(tenant, version));
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var read = new List<(string, CatalogDocument)>();
            var version = _snapshot.Version;
            await foreach (var block in transport.QueryAsync(new SqlStatement(SelectNewest, [], ReadLimits), cancellationToken).ConfigureAwait(false))
                version = Math.Max(version, Read(block, read));
            Volatile.Write(ref _snapshot, _snapshot.Replaced(read, version));
        }
        catch (ClickHouseException fault)
        {
            throw StoreFaults.Translate(fault);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private static ulong Read(NativeBlock block, List<(string Kind, CatalogDocument Document)> documents)
    {
        var kinds = block.GetBytes("Kind");
        var tenants = block.GetBytes("Tenant");
        var ids = block.GetBytes("Id");
        var versions = block.GetUInt64("Version");
        var changed = block.GetDateTime64("ChangedAt");
        var deleted = block.GetUInt8("IsDeleted");
        var bodies = block.GetBytes("Body");
        var newest = 0UL;
        for (var row = 0; row < block.RowCount; row++)
        {
            newest = Math.Max(newest, versions[row]);
            if (deleted[row] != 0)
                continue;
            if (!TenantId.TryParse(tenants.GetString(row), out var tenant))
                throw new StoreException(StoreFault.Internal, $"The catalog has a document of '{tenants.GetString(row)}', which is no tenant.");
            var body = Encoding.UTF8.GetBytes(bodies.GetString(row));
            documents.Add((kinds.GetString(row), new CatalogDocument(tenant, ids.GetString(row), versions[row], (ulong)changed.UnixNanos(row), body)));
        }

        return newest;
    }

    private (ulong UnixNano, ulong Version) NextVersion(CatalogSnapshot before)
    {
        var now = (ulong)(time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        // The clock keeps versions of several processes in order; the version before it, those of this one.
        return (now, Math.Max(before.Version + 1, now));
    }

    private static string NewToken() => $"catalog:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
}
