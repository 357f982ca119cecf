namespace Otelier.Signals.Analytics;

/// <summary>A question what a selection has more of than its baseline.</summary>
/// <param name="Selection">The rows that stand out.</param>
/// <param name="Baseline">What they are compared with, of the same tenant and signal; rows that are in both count as selected. <see langword="null"/> for all other rows of the selection's range.</param>
public sealed record ComparisonQuery(Selection Selection, Selection? Baseline);

/// <summary>The answer to a <see cref="ComparisonQuery"/>.</summary>
/// <param name="SelectionCount">Rows of the selection.</param>
/// <param name="BaselineCount">Rows of the baseline.</param>
/// <param name="Fields">Fields with a value that is over-represented in the selection, highest score first.</param>
/// <param name="Warnings">Whether counts are estimates. Usually empty.</param>
public sealed record ComparisonAnswer(
    ulong SelectionCount, ulong BaselineCount, IReadOnlyList<ComparedField> Fields, IReadOnlyList<Warning> Warnings);

/// <summary>A field whose values differ.</summary>
/// <param name="Field">Its name in the filter language.</param>
/// <param name="Score">The highest score of its values, more than 0 and at most 1.</param>
/// <param name="Values">What the selection has more of, then what it has less of, then the rest; each by the difference.</param>
public sealed record ComparedField(string Field, double Score, IReadOnlyList<ComparedValue> Values);

/// <summary>How often a value occurs on each side.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="SelectionCount">Rows of the selection that have it.</param>
/// <param name="BaselineCount">Rows of the baseline that have it.</param>
/// <param name="SelectionShare">The share of the selection's rows, 0 to 1.</param>
/// <param name="BaselineShare">The share of the baseline's rows, 0 to 1.</param>
/// <param name="Score">The difference of the shares, -1 to 1; 0 where it may be chance.</param>
public sealed record ComparedValue(
    string Value, ulong SelectionCount, ulong BaselineCount, double SelectionShare, double BaselineShare, double Score);
