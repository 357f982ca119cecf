using Otelier.Signals;

namespace Otelier.Cli.Otlp;

/// <summary>One Export…ServiceRequest, not yet encoded.</summary>
/// <param name="Signal">Which service it is for.</param>
/// <param name="Items">How many spans, log records or data points it holds.</param>
/// <param name="Write">Writes the message's fields in either form.</param>
internal sealed record ExportRequest(Signal Signal, int Items, Action<IMessageWriter> Write)
{
    public static ExportRequest OfSpans(IReadOnlyList<ResourceGroup<Span>> groups) =>
        new(Signal.Traces, Count(groups), w => OtlpMessages.Groups(w, groups, Signal.Traces, OtlpMessages.SpanFields));

    public static ExportRequest OfLogs(IReadOnlyList<ResourceGroup<LogRecord>> groups) =>
        new(Signal.Logs, Count(groups), w => OtlpMessages.Groups(w, groups, Signal.Logs, OtlpMessages.LogFields));

    public static ExportRequest OfMetrics(IReadOnlyList<ResourceGroup<Metric>> groups) =>
        new(
            Signal.Metrics,
            groups.Sum(g => g.Scopes.Sum(s => s.Items.Sum(m => m.Data.PointCount))),
            w => OtlpMessages.Groups(w, groups, Signal.Metrics, MetricMessages.MetricFields));

    public ReadOnlyMemory<byte> ToProtobuf()
    {
        var writer = new ProtobufMessageWriter();
        Write(writer);
        return writer.Written;
    }

    public ReadOnlyMemory<byte> ToJson() => JsonMessageWriter.Encode(this, static (w, request) => request.Write(w));

    private static int Count<T>(IReadOnlyList<ResourceGroup<T>> groups) => groups.Sum(g => g.Scopes.Sum(s => s.Items.Count));
}
