using Otelier.Signals;

namespace Otelier.Storage.Catalog;

/// <summary>One document of the catalog, as it was last written.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Names it within its kind and tenant.</param>
/// <param name="Version">Greater with every change of the catalog.</param>
/// <param name="ChangedUnixNano">When it was written, in nanoseconds since 1970.</param>
/// <param name="Body">UTF-8 JSON whose shape the kind's owner knows.</param>
public sealed record CatalogDocument(TenantId Tenant, string Id, ulong Version, ulong ChangedUnixNano, ReadOnlyMemory<byte> Body);

/// <summary>A document to be written or removed.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Names it within its kind and tenant.</param>
/// <param name="Body">The new body; <see langword="null"/> removes the document.</param>
/// <param name="ExpectedVersion">
/// The change is made only if this is the document's version, 0 meaning that there is none; <see langword="null"/> for whatever there is.
/// </param>
public sealed record CatalogChange(TenantId Tenant, string Id, ReadOnlyMemory<byte>? Body, ulong? ExpectedVersion = null);

/// <summary>What became of changes.</summary>
public enum CatalogOutcome
{
    /// <summary>All of them are durable and are what readers see.</summary>
    Applied,

    /// <summary>A document was not at the expected version; nothing was changed.</summary>
    Conflict,

    /// <summary>The tenant would have more documents of the kind than allowed; nothing was changed.</summary>
    Full,

    /// <summary>A body is larger than the kind allows; nothing was changed.</summary>
    TooLarge,
}
