namespace Otelier.Storage.Catalog;

/// <summary>What a document is about. Whoever owns the kind declares it once.</summary>
/// <param name="Name">Written into the store; must not change once released.</param>
/// <param name="DocumentsMax">Most documents one tenant may have of it.</param>
/// <param name="BodyBytesMax">Largest body, in bytes.</param>
public sealed record CatalogKind(string Name, int DocumentsMax, int BodyBytesMax);
