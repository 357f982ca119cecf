using Otelier.Signals.Attributes;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Filters;

/// <summary>Where a filter finds the fields of a row, in memory.</summary>
/// <param name="ItemAttributes">The row's own attributes.</param>
/// <param name="Resource">What sent it.</param>
/// <param name="Scope">What made it.</param>
/// <param name="Fields">The protocol's own fields it has, each as what a comparison needs.</param>
/// <param name="FreeText">The text in which a text without a field is looked for.</param>
internal sealed record RowReader<T>(
    Func<T, AttributeMap> ItemAttributes,
    Func<T, Resource> Resource,
    Func<T, Scope> Scope,
    IReadOnlyDictionary<IntrinsicField, FieldReader<T>> Fields,
    Func<T, StoredValue> FreeText)
{
    /// <summary>The attributes of each of the row's events.</summary>
    public Func<T, IEnumerable<AttributeMap>> EventAttributes { get; init; } = _ => [];

    /// <summary>The attributes of each of the row's links.</summary>
    public Func<T, IEnumerable<AttributeMap>> LinkAttributes { get; init; } = _ => [];
}

/// <summary>How a field of a row is read.</summary>
internal abstract record FieldReader<T>
{
    /// <summary>A plain text; compared as a number it is one where it reads as one.</summary>
    public sealed record Text(Func<T, string> Get) : FieldReader<T>;

    /// <summary>Several texts, of which one suffices.</summary>
    public sealed record TextList(Func<T, IEnumerable<string>> Get) : FieldReader<T>;

    /// <summary>A number.</summary>
    public sealed record Number(Func<T, Int128> Get) : FieldReader<T>;

    /// <summary>A number that stands for one of some words.</summary>
    public sealed record Word(Func<T, int> Get, IReadOnlyList<string> Words) : FieldReader<T>;

    /// <summary>A condition.</summary>
    public sealed record Flag(Func<T, bool> Get) : FieldReader<T>;

    /// <summary>A log body: of any kind its stored text is searched.</summary>
    public sealed record Body(Func<T, StoredValue> Get) : FieldReader<T>;
}
