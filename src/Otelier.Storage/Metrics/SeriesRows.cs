using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Metrics;

namespace Otelier.Storage.Metrics;

/// <summary>
/// Series that are to be stored, one row per series and day, copied with their metric, scope and resource out of the
/// batches in which they appeared.
/// </summary>
internal sealed class SeriesRows : SignalBatch
{
    private MetricBatch? _source;
    private int _metric;
    private int _scope;
    private int _name;
    private int _description;
    private int _unit;

    public SeriesRows()
    {
        SeriesId = Own(new FixedColumn<ulong>());
        Day = Own(new FixedColumn<ushort>());
        TimeClass = Own(new FixedColumn<byte>());
        ScopeIndex = Own(new FixedColumn<int>());
        MetricName = Own(new DictionaryColumn());
        MetricDescription = Own(new DictionaryColumn());
        MetricUnit = Own(new DictionaryColumn());
        MetricType = Own(new FixedColumn<int>());
        AggregationTemporality = Own(new FixedColumn<int>());
        IsMonotonic = Own(new FixedColumn<bool>());
        Metadata = Own(new AttributesColumn());
        Attributes = Own(new AttributesColumn());
    }

    public override Signal Signal => Signal.Metrics;

    public override int Count => SeriesId.Count;

    public FixedColumn<ulong> SeriesId { get; }

    /// <summary>Days since 1970; times beyond 2149-06-06 have that day.</summary>
    public FixedColumn<ushort> Day { get; }

    public FixedColumn<byte> TimeClass { get; }

    public FixedColumn<int> ScopeIndex { get; }

    public DictionaryColumn MetricName { get; }

    public DictionaryColumn MetricDescription { get; }

    public DictionaryColumn MetricUnit { get; }

    /// <summary>The numbers of <see cref="Signals.Metrics.MetricType"/>.</summary>
    public FixedColumn<int> MetricType { get; }

    public FixedColumn<int> AggregationTemporality { get; }

    public FixedColumn<bool> IsMonotonic { get; }

    public AttributesColumn Metadata { get; }

    public AttributesColumn Attributes { get; }

    /// <inheritdoc/>
    public override int CountQuarantined(long receivedUnixNano) => TimeClass.Values.Count(Signals.TimeClass.Quarantine);

    public void Add(MetricBatch source, int series, ulong seriesId, ushort day, byte timeClass)
    {
        var metric = source.Series.MetricIndex[series];
        if (source != _source || metric != _metric)
            BeginMetric(source, metric);

        SeriesId.Add(seriesId);
        Day.Add(day);
        TimeClass.Add(timeClass);
        ScopeIndex.Add(Scopes.Count - 1);
        MetricName.AddIndex(_name);
        MetricDescription.AddIndex(_description);
        MetricUnit.AddIndex(_unit);
        MetricType.Add((int)source.Metrics.Type[metric]);
        AggregationTemporality.Add(source.Metrics.AggregationTemporality[metric]);
        IsMonotonic.Add(source.Metrics.IsMonotonic[metric]);
        Metadata.CopyRow(source.Metrics.Metadata, metric);
        Attributes.CopyRow(source.Series.Attributes, series);
    }

    protected override void ClearNested() => _source = null;

    protected override void ReleaseNested() => _source = null;

    private void BeginMetric(MetricBatch source, int metric)
    {
        var scope = source.Metrics.ScopeIndex[metric];
        if (source != _source || scope != _scope)
            CopyScope(source, scope);
        _source = source;
        _metric = metric;
        _scope = scope;
        _name = Introduce(MetricName, source.Metrics.Name, metric);
        _description = Introduce(MetricDescription, source.Metrics.Description, metric);
        _unit = Introduce(MetricUnit, source.Metrics.Unit, metric);
    }

    private void CopyScope(MetricBatch source, int scope)
    {
        var resource = source.Scopes.ResourceIndex[scope];
        Resources.Attributes.CopyRow(source.Resources.Attributes, resource);
        Resources.ServiceName.AddIndex(Introduce(Resources.ServiceName, source.Resources.ServiceName, resource));
        Resources.SchemaUrl.Add(source.Resources.SchemaUrl[resource]);
        Resources.DroppedAttributesCount.Add(source.Resources.DroppedAttributesCount[resource]);
        Resources.EntityRefs.Add(source.Resources.EntityRefs[resource]);

        Scopes.ResourceIndex.Add(Resources.Count - 1);
        Scopes.Name.Add(source.Scopes.Name[scope]);
        Scopes.Version.Add(source.Scopes.Version[scope]);
        Scopes.Attributes.CopyRow(source.Scopes.Attributes, scope);
        Scopes.DroppedAttributesCount.Add(source.Scopes.DroppedAttributesCount[scope]);
        Scopes.SchemaUrl.Add(source.Scopes.SchemaUrl[scope]);
    }

    private static int Introduce(DictionaryColumn target, DictionaryColumn source, int row) =>
        target.Introduce(source.Names[source.Indexes[row]]);
}
