using System.Collections.Immutable;
using Otelier.Signals;

namespace Otelier.Storage.Catalog;

/// <summary>A document's name within its kind.</summary>
internal readonly record struct DocumentKey(string Tenant, string Id) : IComparable<DocumentKey>
{
    public int CompareTo(DocumentKey other)
    {
        var byTenant = string.CompareOrdinal(Tenant, other.Tenant);
        return byTenant != 0 ? byTenant : string.CompareOrdinal(Id, other.Id);
    }
}

/// <summary>All documents of one kind at one moment.</summary>
internal sealed record KindSnapshot(ImmutableSortedDictionary<DocumentKey, CatalogDocument> Documents, ulong Generation)
{
    public static KindSnapshot Empty { get; } = new(ImmutableSortedDictionary<DocumentKey, CatalogDocument>.Empty, 0);

    public IReadOnlyList<CatalogDocument> List { get; } = [.. Documents.Values];
}

/// <summary>The whole catalog at one moment; a change makes another.</summary>
internal sealed record CatalogSnapshot(ImmutableDictionary<string, KindSnapshot> Kinds, ulong Version)
{
    public static CatalogSnapshot Empty { get; } = new(ImmutableDictionary.Create<string, KindSnapshot>(StringComparer.Ordinal), 0);

    public KindSnapshot Of(CatalogKind kind) => Kinds.GetValueOrDefault(kind.Name, KindSnapshot.Empty);

    /// <summary>Whether the changes may be made.</summary>
    public CatalogOutcome Check(CatalogKind kind, IReadOnlyList<CatalogChange> changes)
    {
        var documents = Of(kind).Documents;
        foreach (var change in changes)
        {
            if (change.Body is { } body && body.Length > kind.BodyBytesMax)
                return CatalogOutcome.TooLarge;
            var known = documents.GetValueOrDefault(KeyOf(change.Tenant, change.Id));
            if (change.ExpectedVersion is { } expected && expected != (known?.Version ?? 0))
                return CatalogOutcome.Conflict;
        }

        foreach (var tenant in changes.GroupBy(change => change.Tenant))
        {
            var added = tenant.Count(change => change.Body is not null && !documents.ContainsKey(KeyOf(change.Tenant, change.Id)));
            if (added > 0 && added + documents.Keys.Count(key => key.Tenant == tenant.Key.Value) > kind.DocumentsMax)
                return CatalogOutcome.Full;
        }

        return CatalogOutcome.Applied;
    }

    public CatalogSnapshot With(CatalogKind kind, IReadOnlyList<CatalogChange> changes, ulong version, ulong nowUnixNano)
    {
        var documents = Of(kind).Documents.ToBuilder();
        foreach (var change in changes)
        {
            var key = KeyOf(change.Tenant, change.Id);
            if (change.Body is { } body)
                documents[key] = new CatalogDocument(change.Tenant, change.Id, version, nowUnixNano, body);
            else
                documents.Remove(key);
        }

        return new CatalogSnapshot(Kinds.SetItem(kind.Name, new KindSnapshot(documents.ToImmutable(), version)), version);
    }

    /// <summary>The documents of a tenant, of all kinds.</summary>
    public IEnumerable<(string Kind, CatalogDocument Document)> DocumentsOf(TenantId tenant) =>
        Kinds.SelectMany(kind => kind.Value.Documents.Values.Where(document => document.Tenant == tenant).Select(document => (kind.Key, document)));

    /// <summary>The catalog without the documents of a tenant.</summary>
    public CatalogSnapshot Without(TenantId tenant, ulong version)
    {
        var next = Kinds.ToBuilder();
        foreach (var kind in DocumentsOf(tenant).GroupBy(row => row.Kind, row => KeyOf(row.Document.Tenant, row.Document.Id), StringComparer.Ordinal))
            next[kind.Key] = new KindSnapshot(Kinds[kind.Key].Documents.RemoveRange(kind), version);
        return new CatalogSnapshot(next.ToImmutable(), version);
    }

    /// <summary>The catalog as it was read; kinds that are as they were keep their generation.</summary>
    public CatalogSnapshot Replaced(IReadOnlyList<(string Kind, CatalogDocument Document)> read, ulong version)
    {
        var kinds = read.GroupBy(row => row.Kind, row => row.Document, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.ToImmutableSortedDictionary(document => KeyOf(document.Tenant, document.Id), document => document),
            StringComparer.Ordinal);
        var next = Kinds.ToBuilder();
        foreach (var name in Kinds.Keys.Where(name => !kinds.ContainsKey(name)))
            kinds[name] = KindSnapshot.Empty.Documents;
        foreach (var (name, documents) in kinds)
        {
            if (!next.TryGetValue(name, out var known) || !IsSame(known.Documents, documents))
                next[name] = new KindSnapshot(documents, version);
        }

        return new CatalogSnapshot(next.ToImmutable(), version);
    }

    private static bool IsSame(ImmutableSortedDictionary<DocumentKey, CatalogDocument> a, ImmutableSortedDictionary<DocumentKey, CatalogDocument> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value.Version == pair.Second.Value.Version);

    private static DocumentKey KeyOf(TenantId tenant, string id) => new(tenant.Value, id);
}
