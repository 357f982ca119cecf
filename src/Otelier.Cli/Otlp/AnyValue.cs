using System.Collections;

namespace Otelier.Cli.Otlp;

/// <summary>An attribute's value or a log's body: exactly one of the kinds of OTLP's AnyValue.</summary>
internal abstract record AnyValue
{
    /// <summary>A value that was set to nothing: legal, and different from an absent attribute.</summary>
    internal sealed record Empty : AnyValue;

    internal sealed record Text(string Value) : AnyValue;

    internal sealed record Flag(bool Value) : AnyValue;

    internal sealed record Integer(long Value) : AnyValue;

    internal sealed record Number(double Value) : AnyValue;

    internal sealed record Binary(byte[] Value) : AnyValue;

    internal sealed record Sequence(IReadOnlyList<AnyValue> Values) : AnyValue;

    internal sealed record Map(AttributeList Entries) : AnyValue;

    public static implicit operator AnyValue(string value) => new Text(value);

    public static implicit operator AnyValue(bool value) => new Flag(value);

    public static implicit operator AnyValue(long value) => new Integer(value);

    public static implicit operator AnyValue(double value) => new Number(value);

    public static implicit operator AnyValue(AttributeList entries) => new Map(entries);

    public static AnyValue Of(params string[] values) => new Sequence([.. values.Select(v => (AnyValue)v)]);
}

internal readonly record struct AttributeEntry(string Key, AnyValue Value);

/// <summary>Attributes in the order they were added, written as <c>new() { { "http.route", "/x" } }</c>.</summary>
internal sealed class AttributeList : IReadOnlyList<AttributeEntry>
{
    private readonly List<AttributeEntry> _entries = [];

    public int Count => _entries.Count;

    public AttributeEntry this[int index] => _entries[index];

    public void Add(string key, AnyValue value) => _entries.Add(new AttributeEntry(key, value));

    public void Add(AttributeList others) => _entries.AddRange(others._entries);

    /// <summary>Replaces the value of <paramref name="key"/> or adds it: keys stay unique.</summary>
    public void Set(string key, AnyValue value)
    {
        var index = _entries.FindIndex(e => e.Key == key);
        if (index >= 0)
            _entries[index] = new AttributeEntry(key, value);
        else
            Add(key, value);
    }

    public AnyValue? Find(string key)
    {
        foreach (var entry in _entries)
            if (entry.Key == key)
                return entry.Value;
        return null;
    }

    public string? FindText(string key) => (Find(key) as AnyValue.Text)?.Value;

    public IEnumerator<AttributeEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
