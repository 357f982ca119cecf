using System.Text.Json;
using Otelier.Signals.Api;
using Otelier.Signals.Logs;
using Otelier.Signals.Metrics;
using Otelier.Signals.Traces;

namespace Otelier.Server.Export;

/// <summary>How one kind of rows is written.</summary>
/// <param name="Columns">The columns of its table.</param>
/// <param name="WriteCsv">Writes a row of the table.</param>
/// <param name="WriteJson">Writes an object.</param>
internal sealed record ExportShape<T>(IReadOnlyList<string> Columns, Action<CsvRow, T> WriteCsv, Action<Utf8JsonWriter, T> WriteJson);

/// <summary>The kinds of rows there are.</summary>
internal static class ExportShapes
{
    public static ExportShape<Span> Spans { get; } = new(SignalCsv.SpanColumns, SignalCsv.Write, SpanJson.Write);

    public static ExportShape<LogRecord> Logs { get; } = new(SignalCsv.LogColumns, SignalCsv.Write, LogJson.Write);

    public static ExportShape<MetricPoint> Points { get; } = new(SignalCsv.PointColumns, SignalCsv.Write, MetricJson.Write);
}
