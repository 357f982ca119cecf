using Otelier.Signals.Otlp;

namespace Otelier.Tests.Otlp;

/// <summary>Export requests written field by field, so that a test sees the very bytes it sends.</summary>
internal static class MessageBuilder
{
    public static readonly byte[] TraceId = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    public static readonly byte[] SpanId = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>A request with one resource, one scope and these items.</summary>
    public static byte[] Request(params IEnumerable<Action<ProtoWriter>> items) => RequestOf(_ => { }, items);

    /// <summary>A request whose resource is written by <paramref name="resource"/>.</summary>
    public static byte[] RequestOf(Action<ProtoWriter> resource, params IEnumerable<Action<ProtoWriter>> items)
    {
        var writer = new ProtoWriter();
        var group = writer.BeginMessage(1);
        Message(writer, 1, resource);
        var scope = writer.BeginMessage(2);
        foreach (var item in items)
            Message(writer, 2, item);
        writer.EndMessage(scope);
        writer.EndMessage(group);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>A span with valid ids and a name, and whatever else is wanted.</summary>
    public static Action<ProtoWriter> Span(Action<ProtoWriter>? more = null, byte[]? traceId = null, byte[]? spanId = null) => span =>
    {
        span.WriteBytes(1, traceId ?? TraceId);
        span.WriteBytes(2, spanId ?? SpanId);
        span.WriteString(5, "GET /");
        span.WriteFixed64(7, 1_750_000_000_000_000_000);
        span.WriteFixed64(8, 1_750_000_000_250_000_000);
        more?.Invoke(span);
    };

    public static void Message(ProtoWriter writer, int field, Action<ProtoWriter> body)
    {
        var start = writer.BeginMessage(field);
        body(writer);
        writer.EndMessage(start);
    }

    /// <summary>A KeyValue whose value is written by <paramref name="value"/> as an AnyValue.</summary>
    public static void Attribute(ProtoWriter writer, int field, string key, Action<ProtoWriter> value) => Message(writer, field, pair =>
    {
        pair.WriteString(1, key);
        Message(pair, 2, value);
    });

    public static void Attribute(ProtoWriter writer, int field, string key, string value) =>
        Attribute(writer, field, key, any => any.WriteString(1, value));
}
