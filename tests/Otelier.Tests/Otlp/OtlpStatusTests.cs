using System.Text;
using System.Text.Json;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

public sealed class OtlpStatusTests
{
    [Fact]
    public void Bare_status_is_code_and_message()
    {
        var status = new OtlpStatus(3, "no \"quotes\"");
        Assert.Equal("""{"code":3,"message":"no \"quotes\""}""", Json(status));
        Assert.Equal("0803120B6E6F202271756F74657322", Protobuf(status));
    }

    [Fact]
    public void Details_are_carried_in_both_encodings()
    {
        var status = new OtlpStatus(14, "later")
        {
            RetryDelay = TimeSpan.FromMilliseconds(1500),
            FieldViolations = [new OtlpFieldViolation("spans[3].traceId", "expected 32 hexadecimal digits")],
        };
        var json = Json(status);
        Assert.Equal(
            """{"code":14,"message":"later","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.500000000s"},"""
            + """{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"spans[3].traceId","description":"expected 32 hexadecimal digits"}]}]}""",
            json);
        using var parsed = JsonDocument.Parse(json);

        var output = new ProtoWriter();
        status.WriteProtobuf(output);
        var reader = new ProtoReader(output.WrittenSpan);
        Assert.Equal(14UL, Field(ref reader, 1, isNumber: true).Number);
        Assert.Equal("later", Encoding.UTF8.GetString(Field(ref reader, 2).Bytes));
        var retry = new ProtoReader(Field(ref reader, 3).Bytes);
        Assert.Equal("type.googleapis.com/google.rpc.RetryInfo", Encoding.UTF8.GetString(Field(ref retry, 1).Bytes));
        var retryInfo = new ProtoReader(Field(ref retry, 2).Bytes);
        var duration = new ProtoReader(Field(ref retryInfo, 1).Bytes);
        Assert.Equal(1UL, Field(ref duration, 1, isNumber: true).Number);
        Assert.Equal(500_000_000UL, Field(ref duration, 2, isNumber: true).Number);
        var bad = new ProtoReader(Field(ref reader, 3).Bytes);
        Assert.Equal("type.googleapis.com/google.rpc.BadRequest", Encoding.UTF8.GetString(Field(ref bad, 1).Bytes));
        var badRequest = new ProtoReader(Field(ref bad, 2).Bytes);
        var violation = new ProtoReader(Field(ref badRequest, 1).Bytes);
        Assert.Equal("spans[3].traceId", Encoding.UTF8.GetString(Field(ref violation, 1).Bytes));
        Assert.Equal("expected 32 hexadecimal digits", Encoding.UTF8.GetString(Field(ref violation, 2).Bytes));
        Assert.False(reader.TryReadTag(out _));
    }

    [Fact]
    public void Whole_seconds_need_no_fraction() =>
        Assert.Contains("\"retryDelay\":\"30s\"", Json(new OtlpStatus(14, "") { RetryDelay = TimeSpan.FromSeconds(30) }), StringComparison.Ordinal);

    private static (ulong Number, byte[] Bytes) Field(ref ProtoReader reader, uint number, bool isNumber = false)
    {
        Assert.True(reader.TryReadTag(out var tag));
        Assert.Equal(number, tag >> 3);
        return isNumber ? (reader.ReadVarint(), []) : (0, reader.ReadBytes().ToArray());
    }

    private static string Json(OtlpStatus status)
    {
        using var output = new ByteBuffer();
        status.WriteJson(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Protobuf(OtlpStatus status)
    {
        var output = new ProtoWriter();
        status.WriteProtobuf(output);
        return Convert.ToHexString(output.WrittenSpan);
    }
}
