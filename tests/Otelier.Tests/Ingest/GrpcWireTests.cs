using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>HTTP/2 frames by hand: what a client library would hide.</summary>
public sealed class GrpcWireTests
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const ushort MaxConcurrentStreams = 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // 18, 39
    [Fact]
    public async Task Server_speaks_http2_without_upgrade_and_allows_a_hundred_streams()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var connection = await OpenAsync(server);

        var (type, _, payload) = await ReadFrameAsync(connection);

        Assert.Equal(Settings, type);
        var settings = payload.Chunk(6).ToDictionary(
            entry => BinaryPrimitives.ReadUInt16BigEndian(entry), entry => BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(2)));
        Assert.Equal(100u, settings[MaxConcurrentStreams]);
    }

    [Fact]
    public async Task Error_is_one_header_block_that_ends_the_stream()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var connection = await OpenAsync(server);
        await connection.SendAsync(Frame(Headers, EndHeaders | EndStream, HeaderBlock("/unknown.Service/Call")), Ct);

        var (type, flags, payload) = await ReadStreamFrameAsync(connection);

        Assert.Equal((Headers, EndStream | EndHeaders), (type, flags));
        Assert.Contains("grpc-status", Encoding.ASCII.GetString(payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_is_headers_then_message_then_trailers()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var connection = await OpenAsync(server);
        await connection.SendAsync(Frame(Headers, EndHeaders, HeaderBlock(GrpcClient.TraceExport)), Ct);
        await connection.SendAsync(Frame(Data, 0, [0, 0, 0]), Ct);
        await connection.SendAsync(Frame(Data, EndStream, [0, 4, 0x0A, 2, 0x0A, 0]), Ct);

        var headers = await ReadStreamFrameAsync(connection);
        var message = await ReadStreamFrameAsync(connection);
        var trailers = await ReadStreamFrameAsync(connection);

        Assert.Equal((Headers, EndHeaders), (headers.Type, headers.Flags));
        Assert.Equal((Data, 0), (message.Type, message.Flags));
        Assert.Equal(new byte[5], message.Payload);
        Assert.Equal((Headers, EndHeaders | EndStream), (trailers.Type, trailers.Flags));
        Assert.Contains("grpc-status", Encoding.ASCII.GetString(trailers.Payload), StringComparison.Ordinal);
    }

    // 42
    [Fact]
    public async Task Reset_stream_leaves_nothing_behind_and_the_connection_alive()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var connection = await OpenAsync(server);
        await connection.SendAsync(Frame(Headers, EndHeaders, HeaderBlock(GrpcClient.TraceExport)), Ct);
        await connection.SendAsync(Frame(Data, 0, [0, 0, 0, 0, 9, 1, 2]), Ct);
        await connection.SendAsync(Frame(ResetStream, 0, [0, 0, 0, 8]), Ct);

        Assert.Equal("canceled", await server.NextOutcomeAsync(Ct));
        await connection.SendAsync(Frame(Headers, EndHeaders, HeaderBlock(GrpcClient.TraceExport), stream: 3), Ct);
        await connection.SendAsync(Frame(Data, EndStream, [0, 0, 0, 0, 0], stream: 3), Ct);

        Assert.Equal("ok", await server.NextOutcomeAsync(Ct));
        Assert.Empty(server.Pipeline.Requests);
        Assert.Equal(0, server.InFlight.Taken);
    }

    private static async Task<RawHttp> OpenAsync(EdgeServer server)
    {
        var connection = await RawHttp.ConnectAsync(server.OtlpGrpc, Ct);
        await connection.SendAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, [], stream: 0)], Ct);
        return connection;
    }

    private static byte[] Frame(byte type, int flags, byte[] payload, uint stream = 1)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)payload.Length);
        frame[3] = type;
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>A request's headers as HPACK literals that touch no table.</summary>
    private static byte[] HeaderBlock(string path)
    {
        (string Name, string Value)[] headers =
        [
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
            ("content-type", "application/grpc"), ("te", "trailers"),
        ];
        var block = new List<byte>();
        foreach (var (name, value) in headers)
            block.AddRange([0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)]);
        return [.. block];
    }

    private static async Task<(byte Type, int Flags, byte[] Payload)> ReadFrameAsync(RawHttp connection)
    {
        var head = await connection.ReadAsync(9, Ct);
        var length = (head[0] << 16) | (head[1] << 8) | head[2];
        return (head[3], head[4], await connection.ReadAsync(length, Ct));
    }

    private static async Task<(byte Type, int Flags, byte[] Payload)> ReadStreamFrameAsync(RawHttp connection)
    {
        while (true)
        {
            var frame = await ReadFrameAsync(connection);
            if (frame.Type is Headers or Data or ResetStream)
                return frame;
        }
    }
}
