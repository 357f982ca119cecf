using System.Buffers;
using System.Text;
using System.Text.Json;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

public sealed class AnyValueTextTests
{
    [Theory]
    [InlineData("""{"stringValue":"a\"\n\u0000é"}""", "a\"\n\0é", 's')]
    [InlineData("""{"stringValue":""}""", "", 's')]
    [InlineData("""{"intValue":"-9223372036854775808"}""", "-9223372036854775808", 'i')]
    [InlineData("""{"intValue":0}""", "0", 'i')]
    [InlineData("""{"doubleValue":1}""", "1", 'd')]
    [InlineData("""{"doubleValue":0.1}""", "0.1", 'd')]
    [InlineData("""{"doubleValue":-0}""", "-0", 'd')]
    [InlineData("""{"doubleValue":1e20}""", "1E+20", 'd')]
    [InlineData("""{"doubleValue":"NaN"}""", "NaN", 'd')]
    [InlineData("""{"doubleValue":"Infinity"}""", "Infinity", 'd')]
    [InlineData("""{"doubleValue":"-Infinity"}""", "-Infinity", 'd')]
    [InlineData("""{"boolValue":true}""", "true", 'b')]
    [InlineData("""{"boolValue":false}""", "false", 'b')]
    [InlineData("""{"bytesValue":"+/8="}""", "+/8=", 'x')]
    [InlineData("""{"bytesValue":""}""", "", 'x')]
    [InlineData("{}", "", 'n')]
    public void Plain_value_is_its_text_and_a_letter(string json, string text, char letter) => AssertForm(json, text, letter, "");

    [Theory]
    [InlineData("""{"arrayValue":{}}""", "[]", 'a', "[]")]
    [InlineData("""{"kvlistValue":{}}""", "{}", 'k', "{}")]
    [InlineData(
        """{"arrayValue":{"values":[{"stringValue":"a\"\n"},{"stringValue":"b"},{"stringValue":""},{"intValue":1},{"doubleValue":1}]}}""",
        """["a\"\n","b","",1,1]""", 'a', "[s3id]")]
    [InlineData(
        """{"arrayValue":{"values":[{},{"boolValue":true},{"bytesValue":"+/8="},{"doubleValue":"NaN"},{"doubleValue":1e20},{"intValue":-5}]}}""",
        """[null,true,"+/8=","NaN",1E+20,-5]""", 'a', "[nbxd2i]")]
    [InlineData(
        """{"kvlistValue":{"values":[{"key":"b","value":{"stringValue":"v"}},{"key":"a","value":{"intValue":1}},{"key":"b"},{"value":{}}]}}""",
        """{"b":"v","a":1,"b":null,"":null}""", 'k', "{sin2}")]
    [InlineData(
        """{"arrayValue":{"values":[{"arrayValue":{"values":[{"intValue":1},{"intValue":2}]}},{"arrayValue":{"values":[{"intValue":3},{"intValue":4}]}},{"kvlistValue":{}},{"intValue":1}]}}""",
        "[[1,2],[3,4],{},1]", 'a', "[[i2]2{}i]")]
    [InlineData(
        """{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"b"},{"intValue":1},{"intValue":2},{"intValue":3},{"arrayValue":{}},{"arrayValue":{}}]}}""",
        """["a","b",1,2,3,[],[]]""", 'a', "[s2i3[]2]")]
    public void List_and_map_are_JSON_with_a_signature(string json, string text, char letter, string signature) =>
        AssertForm(json, text, letter, signature);

    [Fact]
    public void Ten_thousand_equal_elements_make_a_short_signature()
    {
        var elements = string.Join(',', Enumerable.Repeat("""{"doubleValue":0.5}""", 10_000));
        AssertForm(
            """{"kvlistValue":{"values":[{"key":"s","value":{"stringValue":""}},{"key":"d","value":{"arrayValue":{"values":[""" + elements + "]}}}]}}",
            $$"""{"s":"","d":[{{string.Join(',', Enumerable.Repeat("0.5", 10_000))}}]}""",
            'k',
            "{s[d10000]}");
    }

    [Fact]
    public void Random_values_come_back_as_they_were_sent()
    {
        var random = new RandomOtlp(seed: 11, new RandomOtlpOptions { ValueNestingMax = 7, AttributesMax = 5 });
        var letters = new HashSet<char>();
        for (var round = 0; round < 5_000; round++)
        {
            var value = random.Next(OtlpSchema.AnyValue);
            var (text, letter, signature) = Encode(value);
            letters.Add(letter);
            Assert.Equal(
                OtlpCanonical.Text(OtlpSchema.AnyValue, value),
                OtlpCanonical.Text(OtlpSchema.AnyValue, Decode(text, letter, signature)));
        }

        Assert.Equal("abdiknsx", string.Concat(letters.Order()));
    }

    [Fact]
    public void Last_choice_on_the_wire_counts()
    {
        var value = new ProtoWriter();
        value.WriteString(1, "a");
        value.WriteVarint(3, 7);
        Assert.Equal(("7", 'i', ""), Encode(value.WrittenSpan));
    }

    [Fact]
    public void Index_into_a_profile_dictionary_is_no_value()
    {
        var value = new ProtoWriter();
        value.WriteVarint(8, 3);
        Assert.Equal(("", 'n', ""), Encode(value.WrittenSpan));
        value.WriteString(1, "a");
        Assert.Equal(("a", 's', ""), Encode(value.WrittenSpan));
    }

    [Fact]
    public void Sixty_four_levels_are_kept_and_sixty_five_refused()
    {
        var value = OtlpJsonRoundTripTests.NestedMaps(AnyValueText.NestingMax);
        var (text, letter, signature) = Encode(value);
        Assert.Equal(OtlpCanonical.Text(OtlpSchema.AnyValue, value), OtlpCanonical.Text(OtlpSchema.AnyValue, Decode(text, letter, signature)));
        AssertRefused(OtlpJsonRoundTripTests.NestedMaps(AnyValueText.NestingMax + 1), DecodeError.NestingTooDeep);
        AssertRefused(OtlpJsonRoundTripTests.NestedMaps(10_000), DecodeError.NestingTooDeep);
    }

    [Fact]
    public void Broken_values_are_refused_and_leave_the_buffers_as_they_were()
    {
        AssertRefused([0x0a, 1, 0xff], DecodeError.InvalidUtf8);
        AssertRefused([0x0a, 2, 0x61], DecodeError.Truncated);
        // A map with a key of one invalid byte.
        AssertRefused([0x32, 5, 0x0a, 3, 0x0a, 1, 0xff], DecodeError.InvalidUtf8);
        // A list whose second string is invalid.
        AssertRefused([0x2a, 10, 0x0a, 3, 0x0a, 1, 0x61, 0x0a, 3, 0x0a, 1, 0xff], DecodeError.InvalidUtf8);
    }

    [Theory]
    [InlineData("x", 'i', "")]
    [InlineData("", 'd', "")]
    [InlineData("True", 'b', "")]
    [InlineData("A", 'x', "")]
    [InlineData("a", 'n', "")]
    [InlineData("a", 'q', "")]
    [InlineData("[1]", 'a', "")]
    [InlineData("[1]", 'a', "[s]")]
    [InlineData("[1]", 'a', "{i}")]
    [InlineData("[1]", 'k', "[i]")]
    [InlineData("[1,2]", 'a', "[i]")]
    [InlineData("[1]", 'a', "[i2]")]
    [InlineData("[1]", 'a', "[i0]")]
    [InlineData("[1]", 'a', "[i99999999999]")]
    [InlineData("[1]", 'a', "[i")]
    [InlineData("[1]", 'a', "[i]]")]
    [InlineData("[1]]", 'a', "[i]")]
    [InlineData("[\"a]", 'a', "[s]")]
    [InlineData("[\"\\\"", 'a', "[s]")]
    [InlineData("[\"\\q\"]", 'a', "[s]")]
    [InlineData("{\"a\"1}", 'k', "{i}")]
    [InlineData("{1:1}", 'k', "{i}")]
    public void Text_that_its_signature_does_not_fit_is_an_error(string text, char letter, string signature) => Assert.NotEqual(
        DecodeError.None,
        AnyValueText.Decode(Encoding.UTF8.GetBytes(text), (byte)letter, Encoding.UTF8.GetBytes(signature), new ProtoWriter()));

    [Theory]
    [InlineData("a\"é", 's', "\"a\\\"é\"")]
    [InlineData("9007199254740993", 'i', "9007199254740993")]
    [InlineData("1E+20", 'd', "1E+20")]
    [InlineData("-0", 'd', "-0")]
    [InlineData("NaN", 'd', "\"NaN\"")]
    [InlineData("true", 'b', "true")]
    [InlineData("+/8=", 'x', "\"+/8=\"")]
    [InlineData("""{"a":[1,"b"]}""", 'k', """{"a":[1,"b"]}""")]
    [InlineData("[null]", 'a', "[null]")]
    [InlineData("", 'n', "null")]
    [InlineData("not a number", 'i', "\"not a number\"")]
    public void Api_clients_get_the_value_in_its_JSON_type(string text, char letter, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            AnyValueText.WriteJson(writer, Encoding.UTF8.GetBytes(text), (byte)letter);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Signatures_of_a_map_are_taken_one_by_one()
    {
        ReadOnlySpan<byte> signatures = "[s3]{si[d2]}[]"u8;
        Assert.True(AnyValueText.TryTakeSignature(ref signatures, out var one));
        Assert.Equal("[s3]"u8, one);
        Assert.True(AnyValueText.TryTakeSignature(ref signatures, out one));
        Assert.Equal("{si[d2]}"u8, one);
        Assert.True(AnyValueText.TryTakeSignature(ref signatures, out one));
        Assert.Equal("[]"u8, one);
        Assert.False(AnyValueText.TryTakeSignature(ref signatures, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("]")]
    [InlineData("[s")]
    public void What_is_no_signature_is_not_taken(string text)
    {
        ReadOnlySpan<byte> signatures = Encoding.UTF8.GetBytes(text);
        Assert.False(AnyValueText.TryTakeSignature(ref signatures, out _));
    }

    private static void AssertForm(string json, string text, char letter, string signature)
    {
        var value = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(Encoding.UTF8.GetBytes(json), OtlpSchema.AnyValue, value, out _));
        Assert.Equal((text, letter, signature), Encode(value.WrittenSpan));
        Assert.Equal(
            OtlpCanonical.Text(OtlpSchema.AnyValue, value.WrittenSpan),
            OtlpCanonical.Text(OtlpSchema.AnyValue, Decode(text, letter, signature)));
    }

    private static (string Text, char Letter, string Signature) Encode(ReadOnlySpan<byte> value)
    {
        using var text = new ByteBuffer();
        using var signature = new ByteBuffer();
        Assert.Equal(DecodeError.None, AnyValueText.Encode(value, text, signature, out var letter));
        return (Encoding.UTF8.GetString(text.WrittenSpan), (char)letter, Encoding.UTF8.GetString(signature.WrittenSpan));
    }

    private static byte[] Decode(string text, char letter, string signature)
    {
        var output = new ProtoWriter();
        Assert.Equal(
            DecodeError.None,
            AnyValueText.Decode(Encoding.UTF8.GetBytes(text), (byte)letter, Encoding.UTF8.GetBytes(signature), output));
        return output.WrittenSpan.ToArray();
    }

    private static void AssertRefused(byte[] value, DecodeError expected)
    {
        using var text = new ByteBuffer();
        using var signature = new ByteBuffer();
        text.Append("before"u8);
        signature.Append("s"u8);
        Assert.Equal(expected, AnyValueText.Encode(value, text, signature, out _));
        Assert.Equal("before"u8, text.WrittenSpan);
        Assert.Equal("s"u8, signature.WrittenSpan);
    }
}
