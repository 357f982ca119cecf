namespace Otelier.Signals;

/// <summary>The place of a row in a descending order: what comes after it has a smaller time, or the same time and a smaller id.</summary>
/// <param name="TimeUnixNano">The row's time, in nanoseconds since 1970; where rows are ordered by another number, that number.</param>
/// <param name="Id">Orders rows of one time, bytewise.</param>
/// <param name="Repeats">
/// How many rows of this very time and id have been given already: 0 where ids are unique. Rows that are equal in everything
/// that tells them apart (a record sent twice) would otherwise be lost where a page ends between them.
/// </param>
public readonly record struct PageKey(ulong TimeUnixNano, string Id, int Repeats = 0);
