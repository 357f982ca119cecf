namespace Otelier.Signals.Metrics;

/// <summary>A metric that is there: a name with one type, unit, temporality and monotonicity.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Type">Which kind of points it has.</param>
/// <param name="Unit">As sent.</param>
/// <param name="Description">The one sent on the last day.</param>
/// <param name="AggregationTemporality">As in <see cref="MetricDefinition"/>.</param>
/// <param name="IsMonotonic">As in <see cref="MetricDefinition"/>.</param>
/// <param name="SeriesCount">How many series had points in the range.</param>
/// <param name="Services">Which services sent it, by name; at most <see cref="MetricLimits.ServicesMax"/>.</param>
/// <param name="LastDayUnixNano">The beginning of the last day (UTC) of the range on which it had points.</param>
public sealed record MetricInfo(
    string Name,
    MetricType Type,
    string Unit,
    string Description,
    int AggregationTemporality,
    bool IsMonotonic,
    ulong SeriesCount,
    IReadOnlyList<string> Services,
    ulong LastDayUnixNano);
