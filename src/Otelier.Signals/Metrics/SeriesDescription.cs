using Otelier.Signals.Attributes;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Metrics;

/// <summary>Which series a point belongs to. Points of one series share the instance.</summary>
/// <param name="Id">The stored id (see <see cref="SeriesIdentity"/>).</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Resource">By whom.</param>
/// <param name="Scope">With which instrumentation.</param>
/// <param name="Attributes">The point's attributes.</param>
public sealed record SeriesDescription(ulong Id, MetricDefinition Metric, Resource Resource, Scope Scope, AttributeMap Attributes);
