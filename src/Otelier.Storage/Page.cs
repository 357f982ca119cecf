namespace Otelier.Storage;

/// <summary>A part of an ordered answer.</summary>
/// <param name="Items">The rows, in order; at most as many as were asked for.</param>
/// <param name="Next">Where to go on, or <see langword="null"/> at the end.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for: narrowed, capped. Usually empty.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, PageKey? Next, IReadOnlyList<string> Warnings);

/// <summary>The place of a row in a newest-first order: what comes after it has a smaller time, or the same time and a smaller id.</summary>
/// <param name="TimeUnixNano">The row's time, in nanoseconds since 1970.</param>
/// <param name="Id">Breaks ties; unique among rows of one time.</param>
public readonly record struct PageKey(ulong TimeUnixNano, string Id);
