using System.Buffers.Binary;
using Otelier.Signals.Otlp;

namespace Otelier.Tests.Api;

/// <summary>A span of a hand-made trace.</summary>
/// <param name="Service">Who sends it.</param>
/// <param name="Kind">The protocol's number of its kind.</param>
/// <param name="Id">Its id within the trace, more than 0.</param>
/// <param name="Parent">Its parent's; 0 for none.</param>
internal sealed record MapSpan(string Service, int Kind, ulong Id, ulong Parent = 0)
{
    public const int InternalKind = 1;
    public const int ServerKind = 2;
    public const int ClientKind = 3;
    public const int ProducerKind = 4;
    public const int ConsumerKind = 5;

    public ulong Trace { get; init; } = 1;

    public string Name { get; init; } = "do";

    public ulong Start { get; init; } = ApiServer.Now - 60_000_000_000;

    public ulong DurationNanos { get; init; } = 1_000_000;

    public bool IsError { get; init; }

    public Dictionary<string, string> Attributes { get; init; } = [];

    /// <summary>Ids of spans of the same trace.</summary>
    public ulong[] Links { get; init; } = [];

    public static byte[] Request(params MapSpan[] spans)
    {
        var w = new ProtoWriter();
        foreach (var service in spans.GroupBy(span => span.Service))
        {
            var resourceSpans = w.BeginMessage(1);
            var resource = w.BeginMessage(1);
            WriteAttribute(w, 1, "service.name", service.Key);
            w.EndMessage(resource);
            var scope = w.BeginMessage(2);
            foreach (var span in service)
                span.Write(w);
            w.EndMessage(scope);
            w.EndMessage(resourceSpans);
        }

        return w.WrittenSpan.ToArray();
    }

    private void Write(ProtoWriter w)
    {
        var span = w.BeginMessage(2);
        w.WriteBytes(1, TraceId());
        w.WriteBytes(2, SpanId(Id));
        if (Parent != 0)
            w.WriteBytes(4, SpanId(Parent));
        w.WriteString(5, Name);
        w.WriteVarint(6, (ulong)Kind);
        w.WriteFixed64(7, Start);
        w.WriteFixed64(8, Start + DurationNanos);
        foreach (var (key, value) in Attributes)
            WriteAttribute(w, 9, key, value);
        foreach (var id in Links)
        {
            var link = w.BeginMessage(13);
            w.WriteBytes(1, TraceId());
            w.WriteBytes(2, SpanId(id));
            w.EndMessage(link);
        }

        var status = w.BeginMessage(15);
        w.WriteVarint(3, IsError ? 2u : 0u);
        w.EndMessage(status);
        w.EndMessage(span);
    }

    private byte[] TraceId()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Trace);
        return bytes;
    }

    private static byte[] SpanId(ulong id)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        return bytes;
    }

    private static void WriteAttribute(ProtoWriter w, int field, string key, string value)
    {
        var attribute = w.BeginMessage(field);
        w.WriteString(1, key);
        var any = w.BeginMessage(2);
        w.WriteString(1, value);
        w.EndMessage(any);
        w.EndMessage(attribute);
    }
}
