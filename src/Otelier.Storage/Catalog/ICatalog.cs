namespace Otelier.Storage.Catalog;

/// <summary>
/// What the server keeps for itself: keys, tenants, saved views, rules. Small documents by kind, held in memory, so that reading is free
/// and never fails; written into the store's own engine, durable before the writer is answered. Implementations are thread-safe.
/// </summary>
public interface ICatalog
{
    /// <summary>All documents of a kind, of all tenants, by tenant and id: an immutable snapshot.</summary>
    IReadOnlyList<CatalogDocument> List(CatalogKind kind);

    /// <summary>Changes whenever a document of the kind does; 0 while there never was one.</summary>
    ulong Generation(CatalogKind kind);

    /// <summary>Makes all changes or none, one writer after the other.</summary>
    /// <exception cref="StoreException">The store did not take them; readers see what was before. The call may be repeated.</exception>
    Task<CatalogOutcome> ApplyAsync(CatalogKind kind, IReadOnlyList<CatalogChange> changes, CancellationToken cancellationToken);

    /// <summary>Reads everything anew: at start, and where other processes write to the same store.</summary>
    /// <exception cref="StoreException">The store did not answer; readers see what was before.</exception>
    Task ReloadAsync(CancellationToken cancellationToken);
}
