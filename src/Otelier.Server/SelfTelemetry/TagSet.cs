namespace Otelier.Server.SelfTelemetry;

/// <summary>The labels of one series, in any order: two sets are equal when they hold the same pairs.</summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags)
{
    public static TagSet Empty { get; } = new([]);

    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => tags;
}

/// <summary>Finds a series from the tags of a measurement without making an object of them.</summary>
internal sealed class TagSetComparer
    : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
{
    public static TagSetComparer Instance { get; } = new();

    public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Tags, y));

    public int GetHashCode(TagSet obj) => GetHashCode(obj.Tags);

    public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
    {
        if (alternate.Length != other.Tags.Length)
            return false;
        foreach (var tag in alternate)
        {
            if (!Contains(other.Tags, tag))
                return false;
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = alternate.Length;
        foreach (var tag in alternate)
            hash += HashCode.Combine(tag.Key, tag.Value);
        return hash;
    }

    private static bool Contains(ReadOnlySpan<KeyValuePair<string, object?>> tags, in KeyValuePair<string, object?> wanted)
    {
        foreach (var tag in tags)
        {
            if (string.Equals(tag.Key, wanted.Key, StringComparison.Ordinal) && Equals(tag.Value, wanted.Value))
                return true;
        }

        return false;
    }
}
