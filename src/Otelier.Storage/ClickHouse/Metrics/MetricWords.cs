using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>The words of the metric tables.</summary>
internal static class MetricWords
{
    /// <summary>The type of a row of <c>metric_series</c>.</summary>
    /// <exception cref="ClickHouseProtocolException">Something else than Otelier wrote the row.</exception>
    public static MetricType TypeOf(BytesResultColumn types, int row)
    {
        var word = types.GetString(row);
        for (var i = 1; i < MetricSeriesTable.Types.Count; i++)
        {
            if (MetricSeriesTable.Types[i] == word)
                return (MetricType)i;
        }

        throw new ClickHouseProtocolException($"'{word}' is no type of metrics.");
    }

    /// <summary>The word of a type in <c>metric_series</c>.</summary>
    public static string Of(MetricType type) => MetricSeriesTable.Types[(int)type];
}
