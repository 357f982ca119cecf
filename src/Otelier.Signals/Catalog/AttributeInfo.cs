using Otelier.Signals.Columns;

namespace Otelier.Signals.Catalog;

/// <summary>An attribute that was seen.</summary>
/// <param name="Level">Where.</param>
/// <param name="Key">Its key.</param>
/// <param name="Letters">The kinds of its values, most frequent first.</param>
/// <param name="Count">On how many items; of resources and scopes in how many requests, of events and links on how many of them.</param>
public sealed record AttributeInfo(AttributeLevel Level, string Key, IReadOnlyList<AttributeLetter> Letters, ulong Count);
