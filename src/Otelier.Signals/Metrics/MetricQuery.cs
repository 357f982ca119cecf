using Otelier.Signals.Filters;

namespace Otelier.Signals.Metrics;

/// <summary>A question about one metric over time.</summary>
/// <param name="Tenant">Whose metric.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Type">Which of its types; <see langword="null"/> for the one with the most series.</param>
/// <param name="Grid">When, in which steps.</param>
/// <param name="Aggregation">What is made of the points of a step.</param>
/// <param name="Quantile">0 to 1; of meaning for <see cref="MetricAggregation.Quantile"/> alone.</param>
/// <param name="GroupBy">Attributes, of the point or else of the resource, each combination of whose values is a series of the answer; at most <see cref="MetricLimits.GroupLabelsMax"/>.</param>
/// <param name="Filter">What holds for the series; <see langword="null"/> for all.</param>
/// <param name="Top">Only so many series of the answer, those with the largest mean, these first; <see langword="null"/> for all by their labels.</param>
public sealed record MetricQuery(
    TenantId Tenant,
    string Metric,
    MetricType? Type,
    StepGrid Grid,
    MetricAggregation Aggregation,
    double Quantile,
    IReadOnlyList<string> GroupBy,
    Filter? Filter,
    int? Top = null);
