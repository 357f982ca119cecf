namespace Otelier.Storage.Catalog;

/// <summary>
/// A kind's documents in the form its owner looks them up in, made anew when one of them has changed.
/// </summary>
/// <param name="catalog">Where they are kept.</param>
/// <param name="kind">Which ones.</param>
/// <param name="build">Makes the form; called rarely, possibly by two threads at once.</param>
public sealed class CatalogIndex<TIndex>(ICatalog catalog, CatalogKind kind, Func<IReadOnlyList<CatalogDocument>, TIndex> build)
    where TIndex : class
{
    private Built? _built;

    /// <summary>The form of the documents as they are now.</summary>
    public TIndex Current
    {
        get
        {
            // The generation is read first: documents that change meanwhile are then built once more, never missed.
            var generation = catalog.Generation(kind);
            var built = Volatile.Read(ref _built);
            if (built?.Generation == generation)
                return built.Index;
            built = new Built(generation, build(catalog.List(kind)));
            Volatile.Write(ref _built, built);
            return built.Index;
        }
    }

    private sealed record Built(ulong Generation, TIndex Index);
}
