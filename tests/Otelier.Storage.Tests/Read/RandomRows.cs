using System.Buffers.Binary;
using Otelier.Signals.Otlp;
using Otelier.Tests.Filters;

namespace Otelier.Storage.Tests.Read;

/// <summary>Requests whose fields and attributes take the values that random filters ask for, of every kind.</summary>
internal sealed class RandomRows(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Spans(int count)
    {
        var output = new ProtoWriter();
        for (var i = 0; i < count; i++)
        {
            var (resource, scope) = Begin(output);
            var span = output.BeginMessage(2);
            output.WriteBytes(1, TraceId(_random.Next(1, 5)));
            output.WriteBytes(2, SpanId(i + 1));
            if (_random.Next(2) == 0)
                output.WriteBytes(4, SpanId(_random.Next(1, 5)));
            output.WriteString(5, Pick(RandomFilter.Texts));
            output.WriteVarint(6, (ulong)_random.Next(0, 8));
            var start = ReadEngine.Now + (ulong)_random.Next(0, 3);
            output.WriteFixed64(7, start);
            output.WriteFixed64(8, start + Pick<ulong>(0, 1, 5, 200, 1000, 2000, long.MaxValue - ReadEngine.Now));
            Attributes(output, 9);
            for (var e = _random.Next(3); e > 0; e--)
            {
                var message = output.BeginMessage(11);
                output.WriteFixed64(1, start);
                output.WriteString(2, Pick(RandomFilter.Texts));
                Attributes(output, 3);
                output.EndMessage(message);
            }

            for (var l = _random.Next(3); l > 0; l--)
            {
                var link = output.BeginMessage(13);
                output.WriteBytes(1, TraceId(_random.Next(1, 5)));
                output.WriteBytes(2, SpanId(1));
                Attributes(output, 4);
                output.EndMessage(link);
            }

            var status = output.BeginMessage(15);
            output.WriteString(2, Pick(RandomFilter.Texts));
            output.WriteVarint(3, (ulong)_random.Next(0, 4));
            output.EndMessage(status);
            output.EndMessage(span);
            output.EndMessage(scope);
            output.EndMessage(resource);
        }

        return output.WrittenSpan.ToArray();
    }

    public byte[] Logs(int count)
    {
        var output = new ProtoWriter();
        for (var i = 0; i < count; i++)
        {
            var (resource, scope) = Begin(output);
            var record = output.BeginMessage(2);
            output.WriteFixed64(1, ReadEngine.Now + (ulong)_random.Next(0, 3));
            output.WriteVarint(2, (ulong)Pick(0, 1, 5, 9, 10, 16, 17, 24, 200));
            output.WriteString(3, Pick(RandomFilter.Texts));
            if (_random.Next(8) > 0)
                Value(output, 5, _random.Next(2) == 0 ? "the connection timeout after 3 s, " + Pick(RandomFilter.Texts) : Pick(RandomFilter.Texts));
            Attributes(output, 6);
            if (_random.Next(2) == 0)
                output.WriteBytes(9, TraceId(_random.Next(1, 5)));
            output.WriteFixed64(11, (ulong)i + 1);
            output.WriteString(12, Pick(RandomFilter.Texts));
            output.EndMessage(record);
            output.EndMessage(scope);
            output.EndMessage(resource);
        }

        return output.WrittenSpan.ToArray();
    }

    private (int Resource, int Scope) Begin(ProtoWriter output)
    {
        var resource = output.BeginMessage(1);
        var message = output.BeginMessage(1);
        if (_random.Next(4) > 0)
            Attribute(output, 1, "service.name", Pick(RandomFilter.Texts));
        Attributes(output, 1);
        output.EndMessage(message);
        var scope = output.BeginMessage(2);
        message = output.BeginMessage(1);
        output.WriteString(1, Pick(RandomFilter.Texts));
        output.WriteString(2, Pick(RandomFilter.Texts));
        Attributes(output, 3);
        output.EndMessage(message);
        return (resource, scope);
    }

    private void Attributes(ProtoWriter output, int field)
    {
        foreach (var key in RandomFilter.Keys)
        {
            if (_random.Next(2) == 0)
                Attribute(output, field, key, Pick(RandomFilter.Texts));
        }
    }

    private void Attribute(ProtoWriter output, int field, string key, string text)
    {
        var attribute = output.BeginMessage(field);
        output.WriteString(1, key);
        Value(output, 2, text);
        output.EndMessage(attribute);
    }

    /// <summary>A value of a kind that is drawn; the text serves most of the time.</summary>
    private void Value(ProtoWriter output, int field, string text)
    {
        var any = output.BeginMessage(field);
        switch (_random.Next(12))
        {
            case 0 or 1:
                output.WriteVarint(3, (ulong)Pick<long>(0, 200, -1, 5, 2000, long.MaxValue, long.MinValue, 9007199254740993, 9007199254740992));
                break;
            case 2:
                output.WriteDouble(4, Pick<double>(0.1, -0.0, 200, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.5, 5e-324));
                break;
            case 3:
                output.WriteVarint(2, (ulong)_random.Next(2));
                break;
            case 4:
                output.WriteBytes(7, [0xdb, 0x4d, 0x34]);
                break;
            case 5:
                break;
            case 6:
                var list = output.BeginMessage(5);
                var element = output.BeginMessage(1);
                output.WriteString(1, text);
                output.EndMessage(element);
                output.EndMessage(list);
                break;
            default:
                output.WriteString(1, text);
                break;
        }

        output.EndMessage(any);
    }

    private static byte[] TraceId(int trace)
    {
        var bytes = new byte[16];
        bytes[7] = 0xff;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), trace);
        return bytes;
    }

    private static byte[] SpanId(int id)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), id);
        return bytes;
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}
