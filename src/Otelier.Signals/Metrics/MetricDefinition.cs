using Otelier.Signals.Attributes;

namespace Otelier.Signals.Metrics;

/// <summary>What a Metric message says besides its points (opentelemetry.proto.metrics.v1.Metric).</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Description">What it means, for people.</param>
/// <param name="Unit">In UCUM, as sent.</param>
/// <param name="Type">Which kind of points it has.</param>
/// <param name="AggregationTemporality">1 delta, 2 cumulative; 0 for gauges and summaries, which have none. Other numbers survive.</param>
/// <param name="IsMonotonic"><see langword="false"/> for everything but sums that never fall.</param>
/// <param name="Metadata">As sent.</param>
public sealed record MetricDefinition(
    string Name, string Description, string Unit, MetricType Type, int AggregationTemporality, bool IsMonotonic, AttributeMap Metadata);
