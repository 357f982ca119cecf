using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Export;

/// <summary>How rows are written.</summary>
internal enum ExportFormat
{
    Ndjson,
    Json,
    Csv,
}

/// <summary>What is exported, and how.</summary>
/// <param name="SignalName"><c>spans</c>, <c>logs</c> or <c>points</c>.</param>
/// <param name="Query">Which rows.</param>
/// <param name="Metric">The metric whose points are asked for; empty for the other signals.</param>
/// <param name="Format">How they are written.</param>
/// <param name="IsGzip">Whether the answer is a gzip file.</param>
/// <param name="Limit">Most rows.</param>
internal sealed record ExportRequest(string SignalName, ExportQuery Query, string Metric, ExportFormat Format, bool IsGzip, int Limit)
{
    /// <summary>Most rows of one export.</summary>
    public const int RowsMax = 5_000_000;

    /// <summary>The parameters beside range and filter.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["signal", "format", "compression", "metric", "limit"];

    /// <summary>Reads the request; what cannot be understood is collected by the parameters.</summary>
    public static ExportRequest Read(RequestParameters parameters, TenantId tenant)
    {
        if (parameters.Single("signal") is null)
            parameters.Refuse("'signal' is missing; expected one of spans, logs, points.");
        var name = parameters.Word("signal", "spans", "logs", "points");
        var signal = name switch { "spans" => Signal.Traces, "logs" => Signal.Logs, _ => Signal.Metrics };
        var metric = parameters.Single("metric") ?? "";
        if (signal == Signal.Metrics && metric.Length == 0)
            parameters.Refuse("'metric' is missing: points are exported of one metric.");
        if (signal != Signal.Metrics && metric.Length > 0)
            parameters.Refuse("'metric' goes with signal=points.");
        var (range, filter) = parameters.ReadRows(signal);
        return new ExportRequest(
            name,
            new ExportQuery(tenant, range, filter),
            metric,
            parameters.Word("format", "ndjson", "json", "csv") switch { "json" => ExportFormat.Json, "csv" => ExportFormat.Csv, _ => ExportFormat.Ndjson },
            parameters.Word("compression", "none", "gzip") == "gzip",
            parameters.Whole("limit", RowsMax, 1, RowsMax));
    }
}
