using Otelier.Signals.Traces;

namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>Rate, errors and durations per minute, aggregated by the engine: of operations and of services.</summary>
internal static class RedTable
{
    private static readonly RedColumns<RedOperationLine> Operation = new(rollup => rollup.Operations);

    private static readonly RedColumns<RedServiceLine> Service = new(rollup => rollup.Services);

    /// <summary><c>otel_red_1m</c>.</summary>
    public static readonly Table<RedRollup> Operations = new("otel_red_1m",
    [
        .. Operation.Keys,
        Operation.Text("SpanName", line => line.SpanName),
        Operation.Text("SpanKind", line => (uint)line.Kind < (uint)SpanTable.Kinds.Count ? SpanTable.Kinds[line.Kind] : $"{line.Kind}"),
        .. Operation.Counts,
        .. Operation.Durations,
    ]);

    /// <summary><c>otel_red_service_1m</c>.</summary>
    public static readonly Table<RedRollup> Services = new("otel_red_service_1m",
    [
        .. Service.Keys,
        .. Service.Counts,
        Service.Number("Requests", line => line.Requests),
        Service.Number("RequestErrors", line => line.RequestErrors),
        .. Service.Durations,
    ]);
}
