using Otelier.Signals;

namespace Otelier.Storage;

/// <summary>A part of an ordered answer.</summary>
/// <param name="Items">The rows, in order; at most as many as were asked for, and sometimes fewer although more follow.</param>
/// <param name="Next">Where to go on, or <see langword="null"/> at the end.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for: narrowed, capped. Usually empty.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, PageKey? Next, IReadOnlyList<Warning> Warnings);
