using Otelier.Server.Http;
using Otelier.Signals;
using Xunit;

namespace Otelier.Tests.Api;

public sealed class TimeTextTests
{
    private const ulong Now = 1_750_000_000_000_000_000;

    [Theory]
    [InlineData("2025-06-15T15:06:40.123456789Z", 1_750_000_000_123_456_789)]
    [InlineData("2025-06-15T17:06:40.1+02:00", 1_750_000_000_100_000_000)]
    [InlineData("2025-06-15T15:06:40Z", 1_750_000_000_000_000_000)]
    [InlineData("2025-06-15", 1_749_945_600_000_000_000)]
    [InlineData("1750000000", 1_750_000_000_000_000_000)]
    [InlineData("1750000000123", 1_750_000_000_123_000_000)]
    [InlineData("1750000000123456", 1_750_000_000_123_456_000)]
    [InlineData("1750000000123456789", 1_750_000_000_123_456_789)]
    [InlineData("now", 1_750_000_000_000_000_000)]
    [InlineData("-15m", 1_749_999_100_000_000_000)]
    [InlineData("-1.5s", 1_749_999_998_500_000_000)]
    [InlineData("+1h", 1_750_003_600_000_000_000)]
    public void A_time_is_read_in_every_form(string text, ulong expected)
    {
        Assert.True(TimeText.TryParseTime(text, Now, out var time));
        Assert.Equal(expected, time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-15x")]
    [InlineData("yesterday")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2300-01-01")]
    [InlineData("2025-06-15T15:06:40.1234567890Z")]
    [InlineData("2025-06-15T15:06:40.Z")]
    [InlineData("99999999999999999999")]
    [InlineData("-99999999999999999999s")]
    public void What_is_no_time_is_refused(string text) => Assert.False(TimeText.TryParseTime(text, Now, out _));

    [Theory]
    [InlineData("250ms", 250_000_000)]
    [InlineData("1.5s", 1_500_000_000)]
    [InlineData("10us", 10_000)]
    [InlineData("7ns", 7)]
    [InlineData("1000", 1000)]
    [InlineData("2h", 7_200_000_000_000)]
    public void A_duration_is_read_with_its_unit(string text, ulong expected)
    {
        Assert.True(TimeText.TryParseDuration(text, out var nanos));
        Assert.Equal(expected, nanos);
    }

    [Fact]
    public void A_cursor_comes_back_whole_and_only_for_its_search()
    {
        var codec = new CursorCodec(new byte[CursorCodec.KeySize]);
        var search = new byte[16];
        var cursor = new Cursor(new PageKey(Now, "00f067aa0ba902b7", 3), new TimeRange(Now - 5, Now));

        var text = codec.Write(cursor, search);

        Assert.True(codec.TryRead(text, search, out var read));
        Assert.Equal(cursor, read);
        search[3] = 1;
        Assert.False(codec.TryRead(text, search, out _));
        var otherKey = new byte[CursorCodec.KeySize];
        otherKey[0] = 1;
        Assert.False(new CursorCodec(otherKey).TryRead(text, new byte[16], out _));
        for (var i = 0; i < text.Length - 1; i++)
            Assert.False(codec.TryRead(string.Concat(text.AsSpan(0, i), text[i] == 'A' ? "B" : "A", text.AsSpan(i + 1)), new byte[16], out _));
    }
}
