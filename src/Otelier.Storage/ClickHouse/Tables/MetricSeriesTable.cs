using Otelier.Storage.Metrics;
using C = Otelier.Storage.ClickHouse.Tables.ItemColumns<Otelier.Storage.Metrics.SeriesRows>;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary><c>metric_series</c>: one row per series and day.</summary>
internal static class MetricSeriesTable
{
    /// <summary>Names of <see cref="Signals.Metrics.MetricType"/>.</summary>
    public static readonly IReadOnlyList<string> Types = ["", "Gauge", "Sum", "Histogram", "ExponentialHistogram", "Summary"];

    private static readonly ResourceColumns<SeriesRows> Resource = new(b => b.ScopeIndex);

    public static readonly Table<Block<SeriesRows>> Table = new("metric_series",
    [
        C.Tenant(b => b.Count),
        C.Dictionary("MetricName", b => b.MetricName),
        C.Fixed("SeriesId", "UInt64", b => b.SeriesId),
        C.Fixed("Day", "Date", b => b.Day),
        C.Fixed("TimeClass", "UInt8", b => b.TimeClass),
        C.Words("MetricType", Types, b => b.MetricType),
        C.Dictionary("MetricDescription", b => b.MetricDescription),
        C.Dictionary("MetricUnit", b => b.MetricUnit),
        C.Fixed("AggregationTemporality", "Int32", b => b.AggregationTemporality),
        C.Fixed("IsMonotonic", "Bool", b => b.IsMonotonic),
        C.Map("MetricMetadata", b => b.Metadata),
        C.Signature("MetricMetadataSignature", b => b.Metadata),
        Resource.ServiceName,
        .. Resource.All(Resource.Strings("ScopeVersion", b => b.Scopes.Version)),
        C.Map("Attributes", b => b.Attributes),
        C.Signature("AttributesSignature", b => b.Attributes),
    ]);
}
