using System.Globalization;
using System.Text;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Api;

/// <summary>Export requests written as OTLP/JSON.</summary>
internal static class OtlpText
{
    public static byte[] Spans(string service, params IEnumerable<string> spans) => Protobuf(
        OtlpSchema.ExportTraceServiceRequest,
        $$"""
        {"resourceSpans":[ {"resource":{"attributes":[ {"key":"service.name","value":{"stringValue":"{{service}}"} },{"key":"host.name","value":{"stringValue":"h1"} } ] },
         "scopeSpans":[ {"scope":{"name":"lib","version":"1.2"},"spans":[ {{string.Join(',', spans)}} ] } ] } ] }
        """);

    public static byte[] Logs(params IEnumerable<string> records) => Protobuf(
        OtlpSchema.ExportLogsServiceRequest, $$"""{"resourceLogs":[ {"scopeLogs":[ {"logRecords":[ {{string.Join(',', records)}} ] } ] } ] }""");

    /// <param name="trace">The trace's number.</param>
    /// <param name="id">The span's number.</param>
    /// <param name="parent">The parent's number, 0 for none.</param>
    /// <param name="start">In nanoseconds since 1970.</param>
    /// <param name="durationNanos">In nanoseconds.</param>
    /// <param name="more">Further members.</param>
    public static string Span(int trace, int id, int parent, ulong start, ulong durationNanos, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"traceId":"{{TraceId(trace)}}","spanId":"{{SpanId(id)}}","parentSpanId":"{{(parent == 0 ? "" : SpanId(parent))}}","name":"op{{id}}","kind":2,
         "startTimeUnixNano":"{{start}}","endTimeUnixNano":"{{start + durationNanos}}"{{(more.Length == 0 ? "" : "," + more)}} }
        """);

    public static string Log(int trace, int span, ulong time, string body) =>
        $$"""{"traceId":"{{TraceId(trace)}}","spanId":"{{SpanId(span)}}","timeUnixNano":"{{time}}","body":{"stringValue":"{{body}}"} }""";

    public static string TraceId(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    public static string SpanId(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    private static byte[] Protobuf(OtlpMessage type, string json)
    {
        var output = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(Encoding.UTF8.GetBytes(json), type, output, out _));
        return output.WrittenSpan.ToArray();
    }
}
