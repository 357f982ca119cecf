using Otelier.Signals.Metrics;

namespace Otelier.Signals.Analytics;

/// <summary>A question about groups of rows.</summary>
/// <param name="Selection">Which rows.</param>
/// <param name="Aggregates">What is worked out of each group; 1 to <see cref="AnalyticsLimits.AggregatesMax"/>, each a number where <paramref name="Grid"/> is given.</param>
/// <param name="GroupBy">The fields each combination of whose values is a group; at most <see cref="AnalyticsLimits.GroupFieldsMax"/>. None for one group of all rows.</param>
/// <param name="Grid">The steps of time; <see langword="null"/> for a table.</param>
/// <param name="Limit">Most groups, 1 to <see cref="AnalyticsLimits.GroupsMax"/>.</param>
/// <param name="OrderBy">The index of the aggregate that orders the groups, over the whole range; it is a number. <see langword="null"/> for the number of rows.</param>
/// <param name="IsDescending">Whether the largest comes first. Groups without a number come last either way.</param>
public sealed record AggregateQuery(
    Selection Selection,
    IReadOnlyList<Aggregate> Aggregates,
    IReadOnlyList<NamedField> GroupBy,
    StepGrid? Grid,
    int Limit,
    int? OrderBy,
    bool IsDescending);
