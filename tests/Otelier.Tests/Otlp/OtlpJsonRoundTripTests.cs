using System.Text;
using System.Text.Json;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

public sealed class OtlpJsonRoundTripTests
{
    [Fact]
    public void Every_message_of_the_protocol_survives_the_way_through_JSON()
    {
        foreach (var valid in new[] { true, false })
        {
            var random = new RandomOtlp(seed: 7, new RandomOtlpOptions { Valid = valid });
            foreach (var type in OtlpSchema.Messages)
            {
                for (var round = 0; round < 50; round++)
                {
                    var message = random.Next(type);
                    var json = ToJson(type, message);
                    using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = OtlpJsonReader.NestingMax });
                    var output = new ProtoWriter();
                    Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(json, type, output, out _));
                    Assert.Equal(
                        OtlpCanonical.Text(type, message, keepEmpty: true),
                        OtlpCanonical.Text(type, output.WrittenSpan, keepEmpty: true));
                }
            }
        }
    }

    [Fact]
    public void Random_messages_hold_every_field_of_the_protocol()
    {
        var random = new RandomOtlp(seed: 3, new RandomOtlpOptions { Valid = false });
        foreach (var type in OtlpSchema.Messages)
        {
            var seen = new HashSet<uint>();
            for (var round = 0; round < 200; round++)
            {
                var reader = new ProtoReader(random.Next(type));
                while (reader.TryReadTag(out var tag))
                {
                    seen.Add(tag >> 3);
                    reader.Skip(tag);
                }
            }

            Assert.Equal(type.Fields.Select(field => (uint)field.Number).Order(), seen.Order());
        }
    }

    [Fact]
    public void Json_has_the_forms_that_the_protocol_asks_for()
    {
        const string Json = """
            {"attributes":[{"key":"k","value":{"arrayValue":{"values":[{"stringValue":""},{"intValue":"-1"},{"boolValue":false},{"doubleValue":"NaN"},
            {"bytesValue":"+/8="},{"kvlistValue":{}},{}]}}}],"startTimeUnixNano":"18446744073709551615","timeUnixNano":"1","count":"0","sum":-0,"scale":-7,
            "zeroCount":"3","positive":{"offset":-2147483648,"bucketCounts":["1","18446744073709551615"]},"negative":{},"flags":4294967295,
            "exemplars":[{"asInt":"0","spanId":"eee19b7ec3c1b174","traceId":"5b8efff798038103d269b633813fc60c"}],"min":0,"max":1E+20}
            """;
        var flat = Json.Replace("\n", "", StringComparison.Ordinal);
        var message = new ProtoWriter();
        Assert.Equal(
            DecodeError.None,
            OtlpJsonReader.TryTranscode(Encoding.UTF8.GetBytes(flat), OtlpSchema.ExponentialHistogramDataPoint, message, out _));
        // An implicit default goes, a present optional zero stays.
        Assert.Equal(
            flat.Replace("\"count\":\"0\",", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(ToJson(OtlpSchema.ExponentialHistogramDataPoint, message.WrittenSpan)));
    }

    [Fact]
    public void Text_is_escaped_no_more_than_JSON_demands()
    {
        var message = new ProtoWriter();
        message.WriteString(1, "é漢🙂 \"\\/\0\n\r\t\b\u001f\u007f<");
        Assert.Equal(
            """{"stringValue":"é漢🙂 \"\\/\u0000\n\r\t\u0008\u001f""" + "\u007f" + """<"}""",
            Encoding.UTF8.GetString(ToJson(OtlpSchema.AnyValue, message.WrittenSpan)));
    }

    [Fact]
    public void Fields_out_of_order_unpacked_split_or_unknown_are_read_as_protobuf_reads_them()
    {
        var message = new ProtoWriter();
        message.WriteVarint(2, 5);
        message.WriteVarint(99, 1);
        message.WriteVarint(1, 3);
        message.WriteBytes(2, [6, 7]);
        message.WriteBytes(1, [1]);
        message.WriteVarint(1, 4);
        Assert.Equal(
            """{"offset":2,"bucketCounts":["5","6","7"]}""",
            Encoding.UTF8.GetString(ToJson(OtlpSchema.ExponentialHistogramBuckets, message.WrittenSpan)));
    }

    [Fact]
    public void Last_choice_on_the_wire_is_written()
    {
        var message = new ProtoWriter();
        message.WriteString(1, "a");
        message.WriteVarint(3, 7);
        message.WriteString(1, "b");
        Assert.Equal("""{"stringValue":"b"}""", Encoding.UTF8.GetString(ToJson(OtlpSchema.AnyValue, message.WrittenSpan)));
    }

    [Theory]
    [InlineData(AnyValueText.NestingMax, DecodeError.None)]
    [InlineData(10_000, DecodeError.NestingTooDeep)]
    public void Deeply_nested_value_is_written_within_the_limit(int levels, DecodeError expected)
    {
        using var json = new ByteBuffer();
        Assert.Equal(expected, OtlpJsonWriter.Write(NestedMaps(levels), OtlpSchema.AnyValue, json));
    }

    [Fact]
    public void Strings_that_are_not_UTF8_are_an_error()
    {
        using var json = new ByteBuffer();
        Assert.Equal(DecodeError.InvalidUtf8, OtlpJsonWriter.Write([0x0a, 1, 0xff], OtlpSchema.AnyValue, json));
        Assert.Equal(DecodeError.Truncated, OtlpJsonWriter.Write([0x0a, 9, 0x61], OtlpSchema.AnyValue, json));
    }

    /// <summary>An AnyValue of that many levels, a map in each but the last.</summary>
    internal static byte[] NestedMaps(int levels)
    {
        byte[] value = [];
        for (var level = 1; level < levels; level++)
        {
            var outer = new ProtoWriter(value.Length + 64);
            var list = outer.BeginMessage(6);
            var entry = outer.BeginMessage(1);
            outer.WriteBytes(2, value);
            outer.EndMessage(entry);
            outer.EndMessage(list);
            value = outer.WrittenSpan.ToArray();
        }

        return value;
    }

    private static byte[] ToJson(OtlpMessage type, ReadOnlySpan<byte> message)
    {
        using var json = new ByteBuffer();
        Assert.Equal(DecodeError.None, OtlpJsonWriter.Write(message, type, json));
        return json.WrittenSpan.ToArray();
    }
}
