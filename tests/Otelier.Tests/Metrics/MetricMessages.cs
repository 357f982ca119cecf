using System.Runtime.InteropServices;
using Otelier.Signals.Metrics;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Metrics;

/// <summary>Writes the messages of opentelemetry.proto.metrics.v1 by field number.</summary>
internal static class MetricMessages
{
    public const ulong Time = 1_763_640_000_123_456_789;

    public const int Gauge = 5;
    public const int Sum = 7;
    public const int Histogram = 9;
    public const int ExponentialHistogram = 10;
    public const int Summary = 11;

    public static byte[] Message(params ReadOnlySpan<Action<ProtoWriter>> fields)
    {
        var writer = new ProtoWriter();
        foreach (var field in fields)
            field(writer);
        return writer.WrittenSpan.ToArray();
    }

    public static Action<ProtoWriter> Bytes(int field, byte[] value) => w => w.WriteBytes(field, value);

    public static Action<ProtoWriter> Text(int field, string value) => w => w.WriteString(field, value);

    public static Action<ProtoWriter> Fixed64(int field, ulong value) => w => w.WriteFixed64(field, value);

    public static Action<ProtoWriter> Double(int field, double value) => w => w.WriteDouble(field, value);

    public static Action<ProtoWriter> Varint(int field, ulong value) => w => w.WriteVarint(field, value);

    public static Action<ProtoWriter> Packed<T>(int field, params T[] values)
        where T : unmanaged => Bytes(field, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public static Action<ProtoWriter> Attribute(int field, string key, string value) =>
        Bytes(field, Message(Text(1, key), Bytes(2, Message(Text(1, value)))));

    public static Action<ProtoWriter> IntAttribute(int field, string key, long value) =>
        Bytes(field, Message(Text(1, key), Bytes(2, Message(Varint(3, (ulong)value)))));

    /// <summary>A NumberDataPoint with a time.</summary>
    public static Action<ProtoWriter> Point(params Action<ProtoWriter>[] fields) => Bytes(1, Message([Fixed64(3, Time), .. fields]));

    /// <summary>A Metric with a name.</summary>
    public static Action<ProtoWriter> Metric(int kind, params Action<ProtoWriter>[] data) => Metric("requests", kind, data);

    public static Action<ProtoWriter> Metric(string name, int kind, params Action<ProtoWriter>[] data) =>
        Bytes(2, Message(Text(1, name), Bytes(kind, Message(data))));

    public static Action<ProtoWriter> Delta => Varint(2, 1);

    public static Action<ProtoWriter> Cumulative => Varint(2, 2);

    /// <summary>An ExportMetricsServiceRequest with one resource and one scope.</summary>
    public static byte[] Request(params Action<ProtoWriter>[] metrics) =>
        Message(Bytes(1, Message(
            Bytes(1, Message(Attribute(1, "service.name", "cart"))),
            Bytes(2, Message([Bytes(1, Message(Text(1, "shop"))), .. metrics])))));

    public static MetricBatch Decode(byte[] request, out Rejections rejections)
    {
        using var decoder = new MetricsDecoder();
        rejections = new Rejections();
        var batch = new MetricBatch();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, rejections));
        return batch;
    }

    /// <summary>Decodes what must be accepted whole.</summary>
    public static MetricBatch Accept(byte[] request)
    {
        var batch = Decode(request, out var rejections);
        Assert.Equal("", rejections.Describe());
        return batch;
    }
}
