using System.Text.Json;
using Otelier.Signals.Analytics;
using Otelier.Signals.Metrics;

namespace Otelier.Signals.Api;

/// <summary>Aggregates, heatmaps, histograms, facets and comparisons as the API shows them.</summary>
public static class AnalyticsJson
{
    /// <summary>Writes the members <c>groupBy</c> and <c>aggregates</c>, which say what the values of the answer are.</summary>
    public static void WriteColumns(Utf8JsonWriter json, AggregateQuery query)
    {
        json.WriteStartArray("groupBy");
        foreach (var field in query.GroupBy)
            json.WriteStringValue(field.Name);
        json.WriteEndArray();
        json.WriteStartArray("aggregates");
        foreach (var aggregate in query.Aggregates)
        {
            json.WriteStartObject();
            json.WriteString("name", aggregate.Name);
            json.WriteString("unit", AggregateText.UnitOf(aggregate));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, AggregateQuery query, AggregateRow row)
    {
        json.WriteStartObject();
        WriteLabels(json, query, row.Labels);
        json.WriteStartArray("values");
        foreach (var value in row.Values)
        {
            if (value.Top is { } top)
                WriteValues(json, top);
            else
                WriteNumber(json, value.Number);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="json">The writer.</param>
    /// <param name="query">The question.</param>
    /// <param name="grid">The question's grid.</param>
    /// <param name="series">One of the answer's series.</param>
    public static void Write(Utf8JsonWriter json, AggregateQuery query, StepGrid grid, AggregateSeries series)
    {
        json.WriteStartObject();
        WriteLabels(json, query, series.Labels);
        json.WriteString("aggregate", query.Aggregates[series.Aggregate].Name);
        json.WriteStartArray("points");
        for (var i = 0; i < series.Values.Count; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(grid.UnixMillis(i));
            WriteNumber(json, series.Values[i]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>buckets</c>: all from the lowest to the highest.</summary>
    public static void WriteBuckets(Utf8JsonWriter json, int lowest, int highest)
    {
        json.WriteStartArray("buckets");
        for (var bucket = lowest; bucket <= highest; bucket++)
        {
            json.WriteStartObject();
            json.WriteNumber("fromNanos", HeatmapBuckets.FromNanos(bucket));
            json.WriteNumber("toNanos", HeatmapBuckets.FromNanos(bucket + 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes <c>[unixMillis, bucketIndex, count, errorCount]</c>.</summary>
    public static void Write(Utf8JsonWriter json, StepGrid grid, int lowest, HeatmapCell cell)
    {
        json.WriteStartArray();
        json.WriteNumberValue(grid.UnixMillis(cell.Step));
        json.WriteNumberValue(cell.Bucket - lowest);
        json.WriteNumberValue(cell.Count);
        json.WriteNumberValue(cell.ErrorCount);
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, StepGrid grid, SeveritySeries series)
    {
        json.WriteStartObject();
        json.WriteString("severity", SeverityRange.Words[series.Severity]);
        json.WriteStartArray("points");
        for (var i = 0; i < series.Counts.Count; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(grid.UnixMillis(i));
            json.WriteNumberValue(series.Counts[i]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, NamedField field, Facet facet)
    {
        json.WriteStartObject();
        json.WriteString("field", field.Name);
        json.WritePropertyName("values");
        WriteValues(json, facet.Values);
        json.WriteNumber("distinctCount", facet.DistinctCount);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ComparedField field)
    {
        json.WriteStartObject();
        json.WriteString("field", field.Field);
        json.WriteNumber("score", field.Score);
        json.WriteStartArray("values");
        foreach (var value in field.Values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value);
            json.WriteNumber("selectionCount", value.SelectionCount);
            json.WriteNumber("baselineCount", value.BaselineCount);
            json.WriteNumber("selectionShare", value.SelectionShare);
            json.WriteNumber("baselineShare", value.BaselineShare);
            json.WriteNumber("score", value.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, AggregateQuery query, IReadOnlyList<string?> labels)
    {
        json.WriteStartObject("labels");
        for (var i = 0; i < labels.Count; i++)
            json.WriteString(query.GroupBy[i].Name, labels[i]);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<CountedValue> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value);
            json.WriteNumber("count", value.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double? number)
    {
        if (number is { } value)
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }
}
