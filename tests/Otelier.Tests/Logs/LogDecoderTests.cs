using System.Text;
using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Otlp;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Logs;

public sealed class LogDecoderTests : IDisposable
{
    private readonly LogDecoder _decoder = new();
    private readonly BatchPool<LogBatch> _pool = new(64 << 20);
    private readonly Rejections _rejections = new();

    public void Dispose() => _decoder.Dispose();

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Record_with_a_bad_trace_id_is_kept_as_one_that_belongs_to_no_trace(byte[] traceId)
    {
        using var batch = Decode(MessageBuilder.Request(record =>
        {
            record.WriteBytes(9, traceId);
            record.WriteBytes(10, MessageBuilder.SpanId);
        }));

        Assert.Equal(1, batch.Count);
        Assert.True(batch.TraceId[0].IsZero);
        Assert.False(batch.SpanId[0].IsZero);
        Assert.Equal(0, _rejections.Total);
    }

    [Fact]
    public void Missing_body_empty_body_and_text_are_told_apart()
    {
        using var batch = Decode(MessageBuilder.Request(
            _ => { },
            record => MessageBuilder.Message(record, 5, _ => { }),
            record => MessageBuilder.Message(record, 5, any => any.WriteString(1, "")),
            record => MessageBuilder.Message(record, 5, any => any.WriteVarint(3, 42)),
            record => MessageBuilder.Message(record, 5, any => MessageBuilder.Message(any, 6, map => MessageBuilder.Attribute(map, 1, "k", "v")))));

        Assert.Equal(["", "n", "s", "i", "k:{s}"], Enumerable.Range(0, 5).Select(i => Encoding.UTF8.GetString(batch.BodySignature[i])));
        Assert.Equal(["", "", "", "42", "{\"k\":\"v\"}"], Enumerable.Range(0, 5).Select(i => Encoding.UTF8.GetString(batch.Body[i])));
    }

    [Fact]
    public void Severity_zero_and_event_name_are_kept()
    {
        using var batch = Decode(MessageBuilder.Request(record => record.WriteString(12, "device.app.lifecycle")));

        Assert.Equal(0, batch.SeverityNumber[0]);
        Assert.Equal("device.app.lifecycle", Encoding.UTF8.GetString(batch.EventName[0]));
    }

    [Fact]
    public void Body_that_is_not_utf8_rejects_only_its_own_record()
    {
        using var batch = Decode(MessageBuilder.Request(
            record => MessageBuilder.Message(record, 5, any => any.WriteBytes(1, [0xC0, 0x80])),
            record => MessageBuilder.Message(record, 5, any => any.WriteString(1, "fine\u0000with NUL"))));

        Assert.Equal("fine\u0000with NUL", Encoding.UTF8.GetString(batch.Body[0]));
        Assert.Equal(1, _rejections[DecodeError.InvalidUtf8]);
    }

    [Fact]
    public void Every_random_valid_request_is_taken_whole()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var request = new RandomOtlp(seed).Next(OtlpSchema.ExportLogsServiceRequest);
            using var batch = Decode(request);
            Assert.Equal(0, _rejections.Total);
            Assert.Equal(OtlpCanonical.Items(OtlpSchema.ExportLogsServiceRequest, request).Count, batch.Count);
        }
    }

    [Fact]
    public void Damaged_requests_never_throw()
    {
        var random = new Random(11);
        for (var i = 0; i < 5000; i++)
        {
            var request = new RandomOtlp(i, new RandomOtlpOptions { Valid = i % 2 == 0 }).Next(OtlpSchema.ExportLogsServiceRequest);
            for (var flips = random.Next(1, 6); flips > 0 && request.Length > 0; flips--)
                request[random.Next(request.Length)] ^= (byte)(1 << random.Next(8));
            using var batch = _pool.Rent();
            _decoder.Decode(request.AsSpan(0, random.Next(request.Length + 1)), batch, _rejections);
            Assert.Equal(batch.Count, batch.ScopeIndex.Count);
            Assert.Equal(batch.Count, batch.Body.Count);
        }
    }

    private LogBatch Decode(byte[] request)
    {
        var batch = _pool.Rent();
        Assert.Equal(DecodeError.None, _decoder.Decode(request, batch, _rejections));
        return batch;
    }
}
