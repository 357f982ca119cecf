using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>A table of points as it is searched.</summary>
internal sealed class PointTable
{
    private PointTable(MetricTable table)
    {
        var values = table.Table.ColumnNames.Where(name => name is not ("Tenant" or "MetricName" or "TimeClass")).ToList();
        Searched = new SearchedTable(table.Table.Name, "Timestamp", SeriesSql.Table.ItemAttributes, SeriesSql.Table.Fields) { Step = SortStep.Hour };
        SelectList = string.Join(", ", values.Select(name => $"`{name}`"));
        Hash = $"cityHash64({string.Join(", ", values.Where(name => name is not ("SeriesId" or "Timestamp")).Select(name => $"`{name}`"))})";
    }

    public static PointTable Numbers { get; } = new(MetricTables.Points);

    public static PointTable Histograms { get; } = new(MetricTables.Histograms);

    public static PointTable Exponentials { get; } = new(MetricTables.ExponentialHistograms);

    public static PointTable Summaries { get; } = new(MetricTables.Summaries);

    public static SearchedTable Exemplars { get; } =
        new(MetricTables.Exemplars.Table.Name, "Timestamp", SeriesSql.Table.ItemAttributes, SeriesSql.Table.Fields);

    public SearchedTable Searched { get; }

    /// <summary>Every column of a point.</summary>
    public string SelectList { get; }

    /// <summary>A hash of what a point says; tells apart points of one series and time.</summary>
    public string Hash { get; }

    /// <summary>Where the points of a type are.</summary>
    public static PointTable Of(MetricType type) => type switch
    {
        MetricType.Gauge or MetricType.Sum => Numbers,
        MetricType.Histogram => Histograms,
        MetricType.ExponentialHistogram => Exponentials,
        MetricType.Summary => Summaries,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
