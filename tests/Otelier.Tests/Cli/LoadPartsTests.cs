using System.Diagnostics;
using System.Text;
using Otelier.Cli.Load;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Cli;

public sealed class LoadPartsTests
{
    [Fact]
    public void Quantiles_are_within_two_percent()
    {
        var histogram = new LatencyHistogram();
        for (var micros = 1; micros <= 100_000; micros++)
            histogram.Add((long)(micros * (Stopwatch.Frequency / 1e6)));

        Assert.Equal(100_000, histogram.Count);
        Assert.InRange(histogram.QuantileMillis(0.5), 49, 51.1);
        Assert.InRange(histogram.QuantileMillis(0.99), 97.5, 100);
        Assert.InRange(histogram.MaxMillis, 99.9, 100.1);
        Assert.Equal(0, new LatencyHistogram().QuantileMillis(0.5));
    }

    [Fact]
    public void Marks_point_at_their_values_however_deep_they_are()
    {
        var message = new PatchableMessage();
        message.Open();
        message.Attribute(9, "padding", new string('x', 300));
        message.Attribute(9, "marked", "0123456789abc", markFromEnd: 3);
        message.Close(2);

        var (bytes, marks) = message.Build(length => [.. BitConverter.GetBytes(length)]);

        Assert.Equal("abc", Encoding.ASCII.GetString(bytes, Assert.Single(marks), 3));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(2_080_766u)]
    [InlineData(uint.MaxValue)]
    public void Overwritten_varints_are_readable_and_of_three_bytes(uint value)
    {
        var bytes = new byte[3];
        Overwrite.Varint3(bytes, 0, value);

        var reader = new ProtoReader(bytes);
        Assert.InRange(reader.ReadVarint(), Overwrite.Varint3Min, Overwrite.Varint3Max);
        Assert.Equal(3, reader.Position);
    }

    [Fact]
    public void Overwritten_numbers_digits_and_uuids_read_back()
    {
        var bytes = new byte[36];
        Overwrite.Varint10(bytes, 0, 123_456_789_012);
        Assert.Equal(123_456_789_012UL, new ProtoReader(bytes.AsSpan(0, 10)).ReadVarint());

        Overwrite.Digits(bytes, 0, 8, 4711);
        Assert.Equal("00004711", Encoding.ASCII.GetString(bytes, 0, 8));

        bytes.AsSpan().Fill((byte)'-');
        Overwrite.Uuid(bytes, 0, 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210);
        Assert.Equal("01234567-89ab-4def-bedc-ba9876543210", Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, 0, false, "")]
    [InlineData("HTTP/1.1 503 Busy\r\nretry-after: 7\r\nCONTENT-LENGTH: 2\r\n\r\nno", 503, 7, false, "no")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200, 0, false, "abc")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 200, 0, true, "")]
    [InlineData("SSH-2.0-whatever\r\n\r\n", 0, 0, true, "")]
    public void Whole_responses_are_read(string text, int status, int retryAfter, bool closes, string body)
    {
        Assert.True(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out var answer));
        Assert.Equal(status, answer.Status);
        Assert.Equal(retryAfter, answer.RetryAfterSeconds);
        Assert.Equal(closes, answer.Closes);
        Assert.Equal(body, Encoding.ASCII.GetString(answer.Body));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab")]
    public void Parts_of_responses_wait_for_the_rest(string text) =>
        Assert.False(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
