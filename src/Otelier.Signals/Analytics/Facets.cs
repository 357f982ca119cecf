namespace Otelier.Signals.Analytics;

/// <summary>A question for the most frequent values of some fields.</summary>
/// <param name="Selection">Which rows.</param>
/// <param name="Fields">Which fields; 1 to <see cref="AnalyticsLimits.FacetFieldsMax"/>.</param>
/// <param name="Limit">Most values of each, 1 to <see cref="AnalyticsLimits.FacetValuesMax"/>.</param>
public sealed record FacetQuery(Selection Selection, IReadOnlyList<NamedField> Fields, int Limit);

/// <summary>The answer to a <see cref="FacetQuery"/>.</summary>
/// <param name="Facets">One for each field, in their order.</param>
/// <param name="Warnings">Whether counts are estimates. Usually empty.</param>
public sealed record FacetAnswer(IReadOnlyList<Facet> Facets, IReadOnlyList<Warning> Warnings);

/// <summary>The values of a field.</summary>
/// <param name="Values">Most frequent first, then by value. Rows without a value are not counted.</param>
/// <param name="DistinctCount">How many different values there are; exact up to <see cref="AnalyticsLimits.DistinctExactMax"/>.</param>
public sealed record Facet(IReadOnlyList<CountedValue> Values, ulong DistinctCount);
