using System.Text;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

public sealed class OtlpJsonReaderTests
{
    private const string TraceIdHex = "5b8efff798038103d269b633813fc60c";

    [Fact]
    public void Span_document_becomes_the_same_protobuf()
    {
        const string Json = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},
             "scopeSpans":[{"scope":{"name":"lib","version":"1.0"},"spans":[{
               "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","parentSpanId":"",
               "flags":257,"name":"GET \/c\u0061rt\ud83d\ude42","kind":2,
               "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
               "status":{"code":2,"message":"no"},"droppedEventsCount":null}]}]}]}
            """;

        var expected = new ProtoWriter();
        var resourceSpans = expected.BeginMessage(1);
        var resource = expected.BeginMessage(1);
        var attribute = expected.BeginMessage(1);
        expected.WriteString(1, "service.name");
        var value = expected.BeginMessage(2);
        expected.WriteString(1, "cart");
        expected.EndMessage(value);
        expected.EndMessage(attribute);
        expected.EndMessage(resource);
        var scopeSpans = expected.BeginMessage(2);
        var scope = expected.BeginMessage(1);
        expected.WriteString(1, "lib");
        expected.WriteString(2, "1.0");
        expected.EndMessage(scope);
        var span = expected.BeginMessage(2);
        expected.WriteBytes(1, Convert.FromHexString(TraceIdHex));
        expected.WriteBytes(2, Convert.FromHexString("eee19b7ec3c1b174"));
        expected.WriteBytes(4, []);
        expected.WriteFixed32(16, 257);
        expected.WriteString(5, "GET /cart🙂");
        expected.WriteVarint(6, 2);
        expected.WriteFixed64(7, 1544712660000000000);
        expected.WriteFixed64(8, 1544712661000000000);
        var status = expected.BeginMessage(15);
        expected.WriteVarint(3, 2);
        expected.WriteString(2, "no");
        expected.EndMessage(status);
        expected.EndMessage(span);
        expected.EndMessage(scopeSpans);
        expected.EndMessage(resourceSpans);

        Assert.Equal(Hex(expected), Hex(Transcode(OtlpSchema.ExportTraceServiceRequest, Json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" { \"resourceSpans\" : null } ")]
    [InlineData("{\"resourceSpans\":[]}")]
    public void Empty_document_is_an_empty_message(string json) =>
        Assert.Equal("", Hex(Transcode(OtlpSchema.ExportTraceServiceRequest, json)));

    [Fact]
    public void Unknown_fields_and_snake_case_names_are_passed_over() =>
        Assert.Equal(
            Hex(Transcode(OtlpSchema.Span, "{\"name\":\"n\"}")),
            Hex(Transcode(OtlpSchema.Span, """{"trace_id":"zz","x":{"y":[1,{"z":[]}],"name":"m"},"name":"n","w":[[[]]],"v":1.5e3,"start_time_unix_nano":{}}""")));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("\"5\"", 5)]
    [InlineData("-1", -1)]
    [InlineData("\"-9223372036854775808\"", long.MinValue)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("1e3", 1000)]
    [InlineData("1.0", 1)]
    [InlineData("\"1.50e1\"", 15)]
    [InlineData("100e-2", 1)]
    [InlineData("0e99999999999", 0)]
    [InlineData("-0", 0)]
    [InlineData("\"\\u0031\"", 1)]
    public void Integers_of_64_bits_come_as_numbers_or_strings(string json, long expected)
    {
        var writer = new ProtoWriter();
        writer.WriteVarint(3, (ulong)expected);
        Assert.Equal(Hex(writer), Hex(Transcode(OtlpSchema.AnyValue, $$"""{"intValue":{{json}}}""")));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e19")]
    [InlineData("1e999999999")]
    [InlineData("\"\"")]
    [InlineData("\"-\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1.\"")]
    [InlineData("\"1e\"")]
    [InlineData("\".5e1\"")]
    [InlineData("\"NaN\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void What_is_no_integer_of_64_bits_is_refused(string json) =>
        AssertRefused(OtlpSchema.AnyValue, $$"""{"intValue":{{json}}}""", "intValue at byte 12: expected an integer of 64 bits");

    [Theory]
    [InlineData("-1")]
    [InlineData("4294967296")]
    public void Counts_outside_32_bits_are_refused(string json) =>
        AssertRefused(OtlpSchema.Span, $$"""{"flags":{{json}}}""", "flags at byte 9: expected an unsigned integer of 32 bits");

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("\"-0.5\"", -0.5)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("\"Infinity\"", double.PositiveInfinity)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("-0", -0.0)]
    public void Doubles_come_as_numbers_or_strings(string json, double expected)
    {
        var writer = new ProtoWriter();
        writer.WriteDouble(4, expected);
        Assert.Equal(Hex(writer), Hex(Transcode(OtlpSchema.AnyValue, $$"""{"doubleValue":{{json}}}""")));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"nan\"")]
    [InlineData("\"+1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"\"")]
    [InlineData("false")]
    public void What_is_no_double_is_refused(string json) =>
        AssertRefused(
            OtlpSchema.AnyValue,
            $$"""{"doubleValue":{{json}}}""",
            "doubleValue at byte 15: expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"");

    [Theory]
    [InlineData("+/8=")]
    [InlineData("-_8=")]
    [InlineData("+/8")]
    [InlineData("-_8")]
    [InlineData("+\\/8")]
    public void Bytes_come_in_any_base64(string text)
    {
        var writer = new ProtoWriter();
        writer.WriteBytes(7, [0xfb, 0xff]);
        Assert.Equal(Hex(writer), Hex(Transcode(OtlpSchema.AnyValue, $$"""{"bytesValue":"{{text}}"}""")));
    }

    [Theory]
    [InlineData("\"A\"")]
    [InlineData("\"AA=A\"")]
    [InlineData("\"A A=\"")]
    [InlineData("1")]
    public void What_is_no_base64_is_refused(string json) =>
        AssertRefused(OtlpSchema.AnyValue, $$"""{"bytesValue":{{json}}}""", "bytesValue at byte 14: expected a string of base64");

    [Fact]
    public void Id_that_is_not_hexadecimal_is_refused_with_its_place() =>
        AssertRefused(
            OtlpSchema.ExportTraceServiceRequest,
            """{"resourceSpans":[{"scopeSpans":[{},{"spans":[{},{},{},{"traceId":"zb8efff798038103d269b633813fc60c"}]}]}]}""",
            "resourceSpans[0].scopeSpans[1].spans[3].traceId at byte 66: expected 32 hexadecimal digits");

    [Theory]
    [InlineData("traceId", "W47/95gDgQPSabYzgT/GDA==", 11, "expected 32 hexadecimal digits (OTLP/JSON does not allow base64 for ids)")]
    [InlineData("spanId", "7uGbfsPBsXQ=", 10, "expected 16 hexadecimal digits (OTLP/JSON does not allow base64 for ids)")]
    public void Id_in_base64_is_refused_and_the_answer_says_why(string name, string id, int position, string expectation) =>
        AssertRefused(OtlpSchema.Span, $$"""{"{{name}}":"{{id}}"}""", $"{name} at byte {position}: {expectation}");

    [Theory]
    [InlineData("", 0)]
    [InlineData("5b8efff798038103d269b633813fc6", 15)]
    [InlineData("5b8efff798038103d269b633813fc60", 15)]
    [InlineData("5b8efff798038103d269b633813fc60c0", 17)]
    [InlineData("5b8efff798038103d", 9)]
    [InlineData("5", 1)]
    public void Id_of_another_length_goes_through_and_stays_of_a_wrong_length(string id, int length)
    {
        var reader = new ProtoReader(Transcode(OtlpSchema.Span, $$"""{"traceId":"{{id}}"}""").WrittenSpan);
        Assert.True(reader.TryReadTag(out _));
        Assert.Equal(length, reader.ReadBytes().Length);
    }

    [Fact]
    public void Name_of_an_enumeration_value_is_refused() =>
        AssertRefused(
            OtlpSchema.Span,
            """{"kind":"SPAN_KIND_SERVER"}""",
            "kind at byte 8: expected an integer (OTLP/JSON does not allow the names of enumeration values)");

    [Theory]
    [InlineData("""{"name":5}""", "name at byte 8: expected a string")]
    [InlineData("""{"status":"ok"}""", "status at byte 10: expected an object")]
    [InlineData("""{"events":{}}""", "events at byte 10: expected an array")]
    [InlineData("""{"events":[null]}""", "events[0] at byte 11: expected an object")]
    [InlineData("""{"links":[{},{"flags":"x"}]}""", "links[1].flags at byte 22: expected an unsigned integer of 32 bits")]
    [InlineData("""[]""", "at byte 0: expected an object")]
    [InlineData("""null""", "at byte 0: expected an object")]
    public void Value_of_another_type_is_refused_with_its_place(string json, string message) => AssertRefused(OtlpSchema.Span, json, message);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"name\":}")]
    [InlineData("{\"name\":\"a\",}")]
    [InlineData("{\"name\":\"a\"} x")]
    [InlineData("{}{}")]
    [InlineData("{\"name\":\"a\nb\"}")]
    [InlineData("{\"name\":\"\\x\"}")]
    [InlineData("{\"name\":\"\\u12\"}")]
    [InlineData("{\"x\":01}")]
    [InlineData("{\"x\":NaN}")]
    [InlineData("{'name':1}")]
    [InlineData("{/**/}")]
    [InlineData(" ")]
    public void What_is_not_JSON_is_refused(string json) =>
        Assert.Equal(DecodeError.MalformedJson, TryTranscode(OtlpSchema.Span, Encoding.UTF8.GetBytes(json), out _));

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ude42")]
    [InlineData("\\ude42\\ud83d")]
    [InlineData("\\ud83dx")]
    public void Half_a_surrogate_pair_is_refused(string text)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"name":"{{text}}"}""");
        Assert.Equal(DecodeError.InvalidUtf8, TryTranscode(OtlpSchema.Span, json, out var fault));
        Assert.Equal("name at byte 8: expected both halves of a surrogate pair", fault?.ToString());
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place()
    {
        byte[] json = [.. "{\"name\":\"é"u8, 0xff, .. "\"}"u8];
        Assert.Equal(DecodeError.InvalidUtf8, TryTranscode(OtlpSchema.Span, json, out var fault));
        Assert.Equal("at byte 11: expected valid UTF-8", fault?.ToString());
    }

    [Fact]
    public void Escaped_NUL_is_part_of_the_string()
    {
        var writer = new ProtoWriter();
        writer.WriteString(5, "a\0b");
        Assert.Equal(Hex(writer), Hex(Transcode(OtlpSchema.Span, """{"name":"a\u0000b"}""")));
    }

    [Fact]
    public void Escaped_field_name_is_the_field() =>
        Assert.Equal(
            Hex(Transcode(OtlpSchema.Span, """{"name":"a"}""")),
            Hex(Transcode(OtlpSchema.Span, """{"n\u0061me":"a"}""")));

    [Fact]
    public void Last_of_several_choices_and_of_repeated_names_counts()
    {
        Assert.Equal(
            Canonical(OtlpSchema.AnyValue, """{"intValue":"7"}"""),
            Canonical(OtlpSchema.AnyValue, """{"stringValue":"a","intValue":"7","boolValue":null}"""));
        Assert.Equal(
            Canonical(OtlpSchema.Span, """{"name":"","events":[{"name":"e"},{"name":"f"}]}"""),
            Canonical(OtlpSchema.Span, """{"name":"a","events":[{"name":"e"}],"events":[{"name":"f"}],"name":""}"""));
    }

    [Theory]
    [InlineData("""{"arrayValue":{"values":[""", "]}}", 3)]
    [InlineData("""{"kvlistValue":{"values":[{"key":"k","value":""", "}]}}", 4)]
    public void Nesting_passes_up_to_the_limit_and_not_beyond(string open, string close, int cost)
    {
        var levels = (OtlpJsonReader.NestingMax - 1) / cost;
        Assert.Equal(DecodeError.None, TryTranscode(OtlpSchema.AnyValue, Nested(levels), out _));
        Assert.Equal(DecodeError.NestingTooDeep, TryTranscode(OtlpSchema.AnyValue, Nested(levels + 1), out var fault));
        Assert.EndsWith("expected less nesting", fault?.ToString(), StringComparison.Ordinal);
        Assert.True(fault?.Field.Length < 300);
        Assert.True(levels > AnyValueText.NestingMax);

        byte[] Nested(int count) => Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat(open, count)) + "{}" + string.Concat(Enumerable.Repeat(close, count)));
    }

    [Theory]
    [InlineData("{\"x\":", "}")]
    [InlineData("[", "]")]
    public void Ten_thousand_levels_in_an_unknown_field_are_refused(string open, string close)
    {
        var json = "{\"x\":" + string.Concat(Enumerable.Repeat(open, 10_000)) + "0" + string.Concat(Enumerable.Repeat(close, 10_000)) + "}";
        Assert.Equal(DecodeError.NestingTooDeep, TryTranscode(OtlpSchema.Span, Encoding.UTF8.GetBytes(json), out _));
    }

    [Fact]
    public void Output_is_at_most_four_times_the_input()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"explicitBounds":[{{string.Join(',', Enumerable.Repeat('1', 10_000))}}]}""");
        var output = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(json, OtlpSchema.HistogramDataPoint, output, out _));
        Assert.InRange(output.Length, 80_000, json.Length * 4);
    }

    private static ProtoWriter Transcode(OtlpMessage type, string json)
    {
        var output = new ProtoWriter();
        var error = OtlpJsonReader.TryTranscode(Encoding.UTF8.GetBytes(json), type, output, out var fault);
        Assert.Null(fault);
        Assert.Equal(DecodeError.None, error);
        return output;
    }

    private static DecodeError TryTranscode(OtlpMessage type, byte[] json, out OtlpJsonFault? fault) =>
        OtlpJsonReader.TryTranscode(json, type, new ProtoWriter(), out fault);

    private static void AssertRefused(OtlpMessage type, string json, string message)
    {
        Assert.Equal(DecodeError.WrongJsonValue, TryTranscode(type, Encoding.UTF8.GetBytes(json), out var fault));
        Assert.Equal(message, fault?.ToString());
    }

    private static string Canonical(OtlpMessage type, string json) => OtlpCanonical.Text(type, Transcode(type, json).WrittenSpan, keepEmpty: true);

    private static string Hex(ProtoWriter writer) => Convert.ToHexString(writer.WrittenSpan);
}
