using System.Buffers.Binary;
using Otelier.Signals.Otlp;

namespace Otelier.Storage.Tests.Read;

/// <summary>A span of a test.</summary>
internal sealed record TestSpan(string Name, ulong Start, ulong Trace = 1, ulong Id = 0)
{
    public ulong Parent { get; init; }

    public ulong DurationNanos { get; init; } = 1000;

    public string Service { get; init; } = "shop";

    public int Kind { get; init; } = 2;

    public int Status { get; init; }

    /// <summary>Ids of spans of the same trace that it links to.</summary>
    public IReadOnlyList<ulong> LinkedIds { get; init; } = [];

    public Dictionary<string, object> Attributes { get; init; } = [];

    /// <summary>Names and attributes of its events.</summary>
    public IReadOnlyList<(string Name, Dictionary<string, object> Attributes)> Events { get; init; } = [];

    /// <summary>The attributes of its links.</summary>
    public IReadOnlyList<Dictionary<string, object>> Links { get; init; } = [];
}

/// <summary>A log record of a test.</summary>
internal sealed record TestLog(string Body, ulong Time)
{
    public string Service { get; init; } = "shop";

    public int Severity { get; init; } = 9;

    public ulong Trace { get; init; }

    public Dictionary<string, object> Attributes { get; init; } = [];
}

/// <summary>Writes Export requests in protobuf.</summary>
internal static class Requests
{
    public static byte[] Of(params IReadOnlyList<TestSpan> spans)
    {
        var output = new ProtoWriter();
        foreach (var ofService in spans.GroupBy(span => span.Service))
        {
            var resource = BeginResource(output, ofService.Key);
            var scope = output.BeginMessage(2);
            foreach (var span in ofService)
                Write(output, span);
            output.EndMessage(scope);
            output.EndMessage(resource);
        }

        return output.WrittenSpan.ToArray();
    }

    public static byte[] Of(params IReadOnlyList<TestLog> records)
    {
        var output = new ProtoWriter();
        foreach (var ofService in records.GroupBy(record => record.Service))
        {
            var resource = BeginResource(output, ofService.Key);
            var scope = output.BeginMessage(2);
            foreach (var record in ofService)
                Write(output, record);
            output.EndMessage(scope);
            output.EndMessage(resource);
        }

        return output.WrittenSpan.ToArray();
    }

    public static string TraceIdText(ulong trace) => $"00000000000000ff{trace:x16}";

    private static int BeginResource(ProtoWriter output, string service)
    {
        var resource = output.BeginMessage(1);
        var message = output.BeginMessage(1);
        WriteAttribute(output, 1, "service.name", service);
        WriteAttribute(output, 1, "host.name", $"{service}-host");
        output.EndMessage(message);
        return resource;
    }

    private static void Write(ProtoWriter output, TestSpan span)
    {
        var start = output.BeginMessage(2);
        output.WriteBytes(1, TraceId(span.Trace));
        output.WriteBytes(2, SpanId(span.Id == 0 ? span.Trace : span.Id));
        if (span.Parent != 0)
            output.WriteBytes(4, SpanId(span.Parent));
        output.WriteString(5, span.Name);
        output.WriteVarint(6, (ulong)span.Kind);
        output.WriteFixed64(7, span.Start);
        output.WriteFixed64(8, span.Start + span.DurationNanos);
        foreach (var (key, value) in span.Attributes)
            WriteAttribute(output, 9, key, value);
        foreach (var id in span.LinkedIds)
        {
            var link = output.BeginMessage(13);
            output.WriteBytes(1, TraceId(span.Trace));
            output.WriteBytes(2, SpanId(id));
            output.EndMessage(link);
        }

        foreach (var (name, attributes) in span.Events)
        {
            var message = output.BeginMessage(11);
            output.WriteFixed64(1, span.Start);
            output.WriteString(2, name);
            foreach (var (key, value) in attributes)
                WriteAttribute(output, 3, key, value);
            output.EndMessage(message);
        }

        foreach (var attributes in span.Links)
        {
            var link = output.BeginMessage(13);
            output.WriteBytes(1, TraceId(span.Trace));
            output.WriteBytes(2, SpanId(span.Trace));
            foreach (var (key, value) in attributes)
                WriteAttribute(output, 4, key, value);
            output.EndMessage(link);
        }

        if (span.Status != 0)
        {
            var status = output.BeginMessage(15);
            output.WriteVarint(3, (ulong)span.Status);
            output.EndMessage(status);
        }

        output.EndMessage(start);
    }

    private static void Write(ProtoWriter output, TestLog record)
    {
        var start = output.BeginMessage(2);
        output.WriteFixed64(1, record.Time);
        output.WriteVarint(2, (ulong)record.Severity);
        var body = output.BeginMessage(5);
        output.WriteString(1, record.Body);
        output.EndMessage(body);
        foreach (var (key, value) in record.Attributes)
            WriteAttribute(output, 6, key, value);
        if (record.Trace != 0)
            output.WriteBytes(9, TraceId(record.Trace));
        output.EndMessage(start);
    }

    private static void WriteAttribute(ProtoWriter output, int field, string key, object value)
    {
        var attribute = output.BeginMessage(field);
        output.WriteString(1, key);
        var any = output.BeginMessage(2);
        switch (value)
        {
            case string text:
                output.WriteString(1, text);
                break;
            case bool flag:
                output.WriteVarint(2, flag ? 1u : 0u);
                break;
            case long whole:
                output.WriteVarint(3, (ulong)whole);
                break;
            case double number:
                output.WriteDouble(4, number);
                break;
            case byte[] bytes:
                output.WriteBytes(7, bytes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, null);
        }

        output.EndMessage(any);
        output.EndMessage(attribute);
    }

    private static byte[] TraceId(ulong trace)
    {
        var bytes = new byte[16];
        bytes[7] = 0xff;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), trace);
        return bytes;
    }

    private static byte[] SpanId(ulong id)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        return bytes;
    }
}
