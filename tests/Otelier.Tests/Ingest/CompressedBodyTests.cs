using System.Text;
using Otelier.Server.Ingest;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>Items 2 and 41 of spec/market.md §5: hostile and broken compression.</summary>
public sealed class CompressedBodyTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, byte[]> BrokenBodies()
    {
        var (gzip, zlib) = (Compression.Gzip(Plain), Compression.Zlib(Plain));
        var wrongCrc = gzip.ToArray();
        wrongCrc[^8] ^= 1;
        var wrongSize = gzip.ToArray();
        wrongSize[^4] ^= 1;
        var wrongAdler = zlib.ToArray();
        wrongAdler[^1] ^= 1;
        return new TheoryData<string, string, byte[]>
        {
            { "gzip", "nothing", [] },
            { "gzip", "header cut", gzip[..7] },
            { "gzip", "data cut", gzip[..(gzip.Length / 2)] },
            { "gzip", "trailer missing", gzip[..^8] },
            { "gzip", "trailer cut", gzip[..^1] },
            { "gzip", "two equal members", [.. gzip, .. gzip] },
            { "gzip", "empty member first", [.. Compression.Gzip([]), .. gzip] },
            { "gzip", "empty member last", [.. gzip, .. Compression.Gzip([])] },
            { "gzip", "one byte after", [.. gzip, 0] },
            { "gzip", "garbage after", [.. gzip, .. "garbage and more"u8] },
            { "gzip", "wrong checksum", wrongCrc },
            { "gzip", "wrong size", wrongSize },
            { "gzip", "not gzip", Plain },
            { "gzip", "endless name", [0x1F, 0x8B, 8, 0x08, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)'n', 100)] },
            { "gzip", "extra field beyond the end", [0x1F, 0x8B, 8, 0x0C, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 1, 2, 3] },
            { "gzip", "reserved flag", [0x1F, 0x8B, 8, 0x80, .. gzip[4..]] },
            { "deflate", "nothing", [] },
            { "deflate", "data cut", zlib[..(zlib.Length / 2)] },
            { "deflate", "checksum cut", zlib[..^1] },
            { "deflate", "wrong checksum", wrongAdler },
            { "deflate", "two streams", [.. zlib, .. zlib] },
            { "deflate", "one byte after", [.. zlib, 0] },
            { "deflate", "not zlib", Plain },
        };
    }

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Broken_compression_is_a_bad_request(string coding, string what, byte[] body)
    {
        await using var server = await EdgeServer.StartAsync(Ct);

        var response = await RawHttp.ExchangeAsync(
            server.OtlpHttp, RawHttp.Post("/v1/traces", "application/x-protobuf", body, $"Content-Encoding: {coding}"), Ct);

        Assert.True(response.Status == 400, $"{what}: {response.StatusLine}");
        var status = StatusMessage.Parse(response.Body);
        Assert.Equal(3, status.Code);
        Assert.Contains("BadRequest", status.Details.Keys);
        Assert.Empty(server.Pipeline.Requests);
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Fact]
    public void Every_truncation_of_a_gzip_body_is_noticed()
    {
        var gzip = Compression.Gzip("a small message, cut at every byte"u8.ToArray());
        for (var length = 0; length < gzip.Length; length++)
        {
            using var into = new BodyBuffer(new InFlightBytes(1 << 20));
            Assert.NotEqual(BodyFault.None, Inflater.Inflate(ContentCoding.Gzip, gzip.AsMemory(0, length), into, 1 << 16));
        }
    }

    [Fact]
    public void Gzip_with_every_optional_header_field_is_read()
    {
        var gzip = Compression.Gzip(Plain);
        byte[] adorned = [0x1F, 0x8B, 8, 0x1E, .. gzip[4..10], 3, 0, 1, 2, 3, .. "name\0"u8, .. "comment\0"u8, 0xAB, 0xCD, .. gzip[10..]];
        using var into = new BodyBuffer(new InFlightBytes(1 << 20));

        Assert.Equal(BodyFault.None, Inflater.Inflate(ContentCoding.Gzip, adorned, into, 1 << 16));
        Assert.Equal(Plain, into.WrittenMemory.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(4096)]
    [InlineData(100_003)]
    public void Random_bytes_come_back_from_both_compressions(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);
        foreach (var (coding, compressed) in new[] { (ContentCoding.Gzip, Compression.Gzip(data)), (ContentCoding.Deflate, Compression.Zlib(data)) })
        {
            using var into = new BodyBuffer(new InFlightBytes(1 << 20));
            Assert.Equal(BodyFault.None, Inflater.Inflate(coding, compressed, into, 1 << 18));
            Assert.Equal(data, into.WrittenMemory.ToArray());
        }
    }

    [Fact]
    public void Bomb_costs_no_more_than_the_limit()
    {
        const int Limit = 1 << 20;
        const long BombLength = 256L << 20;
        var bomb = Compression.Bomb(BombLength);
        var budget = new InFlightBytes(4 * Limit);
        // Once before, so that the pool and the code are warm and only the bomb is weighed.
        using (var warm = new BodyBuffer(budget))
            Inflater.Inflate(ContentCoding.Gzip, bomb, warm, Limit);

        using var into = new BodyBuffer(budget);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Inflater.Inflate(ContentCoding.Gzip, bomb, into, Limit);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(BodyFault.TooLarge, fault);
        Assert.InRange(allocated, 0, 4 * Limit);
        Assert.InRange(into.Capacity, 0, Limit);
        into.Dispose();
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task Bomb_is_answered_413()
    {
        await using var server = await EdgeServer.StartAsync(Ct, options => options.Otlp.BodyBytesMax = 1 << 20);
        var bomb = Compression.Bomb(64L << 20);

        var response = await RawHttp.ExchangeAsync(
            server.OtlpHttp, RawHttp.Post("/v1/traces", "application/x-protobuf", bomb, "Content-Encoding: gzip"), Ct);

        Assert.Equal(413, response.Status);
        Assert.Equal(0, server.InFlight.Taken);
    }

    [Fact]
    public void Inflating_stops_when_the_budget_is_used_up()
    {
        var bomb = Compression.Bomb(8L << 20);
        var budget = new InFlightBytes(1 << 20);
        using var into = new BodyBuffer(budget);

        Assert.Equal(BodyFault.NoRoom, Inflater.Inflate(ContentCoding.Gzip, bomb, into, 64 << 20));
        into.Dispose();
        Assert.Equal(0, budget.Taken);
    }
}
