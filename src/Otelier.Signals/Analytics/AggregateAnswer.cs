namespace Otelier.Signals.Analytics;

/// <summary>The answer to an <see cref="AggregateQuery"/>.</summary>
/// <param name="Rows">The groups in their order.</param>
/// <param name="Series">Where steps were asked for, of each group and aggregate its values, in the order of the groups; else empty.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for. Usually empty.</param>
public sealed record AggregateAnswer(IReadOnlyList<AggregateRow> Rows, IReadOnlyList<AggregateSeries> Series, IReadOnlyList<Warning> Warnings);

/// <summary>A group.</summary>
/// <param name="Labels">Its value of each field; <see langword="null"/> where its rows have none.</param>
/// <param name="Values">One for each aggregate.</param>
public sealed record AggregateRow(IReadOnlyList<string?> Labels, IReadOnlyList<AggregateValue> Values);

/// <summary>One aggregate of one group over time.</summary>
/// <param name="Labels">As those of the group's row.</param>
/// <param name="Aggregate">The index of the aggregate in the query.</param>
/// <param name="Values">One for each step; <see langword="null"/> where there was nothing.</param>
public sealed record AggregateSeries(IReadOnlyList<string?> Labels, int Aggregate, IReadOnlyList<double?> Values);

/// <summary>What an aggregate came to: a number, nothing, or the values of <see cref="AggregateFunction.Top"/>.</summary>
/// <param name="Number">The number; <see langword="null"/> where no row had one.</param>
/// <param name="Top">The most frequent values, most frequent first; <see langword="null"/> for any other function.</param>
public readonly record struct AggregateValue(double? Number, IReadOnlyList<CountedValue>? Top = null);

/// <summary>A value and how many rows have it.</summary>
public readonly record struct CountedValue(string Value, ulong Count);
