using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Otelier.Server.Ingest;

/// <summary>
/// Reads a message from the connection into one <see cref="BodyBuffer"/>. Memory follows what has arrived, not what was
/// announced: to make us hold n bytes a client has to send a quarter of them.
/// </summary>
internal static class BodyReader
{
    /// <summary>Length of the prefix before each gRPC message: one flag byte and a big-endian length.</summary>
    public const int FramePrefixLength = 5;

    private const int FirstCapacityMax = 256 * 1024;
    private const int GrowthFactor = 4;

    /// <summary>Reads to the end of the request; <paramref name="expected"/> is the Content-Length, where there is one.</summary>
    public static async ValueTask<BodyFault> ReadToEndAsync(
        PipeReader reader, long? expected, BodyBuffer into, int limit, CancellationToken ct)
    {
        if (expected > limit)
            return BodyFault.TooLarge;
        var ceiling = (int)(expected ?? limit);
        while (true)
        {
            if (await TryReadAsync(reader, ct) is not { } read)
                return BodyFault.ClientGone;
            var fault = Append(read.Buffer, into, ceiling, limit);
            reader.AdvanceTo(read.Buffer.End);
            if (fault != BodyFault.None || read.IsCompleted)
                return fault;
        }
    }

    /// <summary>
    /// Reads the one message of a unary gRPC call, and sees that nothing follows it.
    /// </summary>
    public static async ValueTask<(BodyFault Fault, bool Compressed)> ReadFrameAsync(
        PipeReader reader, BodyBuffer into, int limit, CancellationToken ct)
    {
        var (fault, compressed, length) = await ReadPrefixAsync(reader, limit, ct);
        while (fault == BodyFault.None)
        {
            if (await TryReadAsync(reader, ct) is not { } read)
                return (BodyFault.ClientGone, compressed);
            var missing = length - into.Length;
            if (read.Buffer.Length > missing)
                fault = BodyFault.FrameTrailed;
            else
                fault = Append(read.Buffer, into, length, limit);
            reader.AdvanceTo(read.Buffer.End);
            if (fault == BodyFault.None && read.IsCompleted)
                return (into.Length == length ? BodyFault.None : BodyFault.FrameMissing, compressed);
        }

        return (fault, compressed);
    }

    private static async ValueTask<(BodyFault Fault, bool Compressed, int Length)> ReadPrefixAsync(
        PipeReader reader, int limit, CancellationToken ct)
    {
        while (true)
        {
            if (await TryReadAsync(reader, ct) is not { } read)
                return (BodyFault.ClientGone, false, 0);
            if (read.Buffer.Length < FramePrefixLength)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted)
                    return (BodyFault.FrameMissing, false, 0);
                continue;
            }

            var (flag, length) = ParsePrefix(read.Buffer);
            reader.AdvanceTo(read.Buffer.GetPosition(FramePrefixLength));
            if (flag > 1)
                return (BodyFault.FrameFlagUnknown, false, 0);
            return length > (uint)limit ? (BodyFault.TooLarge, flag == 1, 0) : (BodyFault.None, flag == 1, (int)length);
        }
    }

    /// <summary>Reads on; <see langword="null"/> when the connection or stream was reset, which is the client's right and no bug.</summary>
    private static async ValueTask<ReadResult?> TryReadAsync(PipeReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadAsync(ct);
        }
        catch (Exception e) when (e is ConnectionAbortedException or (IOException and not BadHttpRequestException))
        {
            return null;
        }
    }

    private static (byte Flag, uint Length) ParsePrefix(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[FramePrefixLength];
        buffer.Slice(0, FramePrefixLength).CopyTo(prefix);
        return (prefix[0], BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]));
    }

    private static BodyFault Append(in ReadOnlySequence<byte> arrived, BodyBuffer into, int ceiling, int limit)
    {
        var needed = into.Length + arrived.Length;
        if (needed > limit)
            return BodyFault.TooLarge;
        if (needed > into.Capacity)
        {
            var comfortable = Math.Min(Math.Max(FirstCapacityMax, (long)into.Capacity * GrowthFactor), ceiling);
            if (!into.TryGrow((int)Math.Max(needed, comfortable)))
                return BodyFault.NoRoom;
        }

        arrived.CopyTo(into.FreeSpan);
        into.Advance((int)arrived.Length);
        return BodyFault.None;
    }
}
