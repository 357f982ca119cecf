using System.Buffers.Binary;
using System.Text;
using Otelier.Signals;

namespace Otelier.Storage.Log;

internal enum FrameType : byte
{
    Record = 1,
    Cut = 2,
}

/// <summary>A frame's head, decoded and checked.</summary>
/// <param name="Type">Record or cut.</param>
/// <param name="Sequence">The record's number; 0 for a cut.</param>
/// <param name="Header">The record's header; of a cut only the signal.</param>
/// <param name="Cut">The cut; of a record only the signal.</param>
/// <param name="HeadBytes">Length of the head.</param>
/// <param name="PayloadBytes">Length of what follows it.</param>
/// <param name="PayloadCrc">CRC-32C of what follows it.</param>
internal readonly record struct FrameHead(
    FrameType Type,
    long Sequence,
    LogRecordHeader Header,
    LogCut Cut,
    int HeadBytes,
    int PayloadBytes,
    uint PayloadCrc)
{
    public long Bytes => (long)HeadBytes + PayloadBytes;
}

/// <summary>
/// The frame on disk, little-endian:
/// <code>
///  0 u64 marker         random, of this log: what is searched for after damage
///  8 u32 head CRC       over bytes 12 to the end of the head
/// 12 u32 payload CRC
/// 16 u32 payload length
/// 20 u8  type   21 u8 signal   22 u8 tenant length   23 u8 zero
///    a record:                            a cut:
/// 24 u64 sequence                      24 u64 first
/// 32 i64 received, unix nanoseconds    32 u64 last
/// 40 i32 items   44 u8 encoding   45 u8 coding   46 u16 zero
/// 48 tenant, then the payload
/// </code>
/// The head has a CRC of its own so that a damaged payload neither hides whose it was nor where the next frame begins.
/// The marker is not a constant because payloads are what strangers send: a constant could be sent, with a frame after
/// it, and would be believed when the real frame around it is damaged.
/// </summary>
internal static class Frame
{
    public const int CutBytes = 40;
    public const int RecordHeadBytesMin = 48;
    public const int HeadBytesMax = RecordHeadBytesMin + TenantId.MaxLength;

    private const int CrcOffset = 8;
    private const int CoveredOffset = 12;

    public static int RecordHeadBytes(in LogRecordHeader header) => RecordHeadBytesMin + header.Tenant.Value.Length;

    public static int WriteRecordHead(
        Span<byte> to, ulong marker, long sequence, in LogRecordHeader header, int payloadBytes, uint payloadCrc)
    {
        var tenant = header.Tenant.Value;
        var head = to[..(RecordHeadBytesMin + tenant.Length)];
        WritePrefix(head, marker, FrameType.Record, header.Signal, tenant.Length, payloadBytes, payloadCrc);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(head[32..], header.ReceivedUnixNano);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], header.Items);
        head[44] = header.Encoding;
        head[45] = header.Coding;
        head[46] = 0;
        head[47] = 0;
        Encoding.ASCII.GetBytes(tenant, head[RecordHeadBytesMin..]);
        Seal(head);
        return head.Length;
    }

    public static int WriteCut(Span<byte> to, ulong marker, in LogCut cut)
    {
        var head = to[..CutBytes];
        WritePrefix(head, marker, FrameType.Cut, cut.Signal, 0, 0, Crc32C.Compute([]));
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], cut.First);
        BinaryPrimitives.WriteInt64LittleEndian(head[32..], cut.Last);
        Seal(head);
        return head.Length;
    }

    /// <summary>Decodes the head at the start of <paramref name="bytes"/>; false when there is no intact one.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, ulong marker, out FrameHead head)
    {
        head = default;
        if (bytes.Length < CutBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != marker)
            return false;
        var type = (FrameType)bytes[20];
        var tenantBytes = bytes[22];
        var headBytes = type switch
        {
            FrameType.Record => RecordHeadBytesMin + tenantBytes,
            FrameType.Cut => CutBytes,
            _ => int.MaxValue,
        };
        var payloadBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]);
        if (bytes.Length < headBytes || tenantBytes > TenantId.MaxLength || payloadBytes > int.MaxValue)
            return false;
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]);
        if (Crc32C.Compute(bytes[CoveredOffset..headBytes]) != crc)
            return false;
        var signal = (Signal)bytes[21];
        if (signal is < Signal.Traces or > Signal.Metrics)
            return false;

        var payloadCrc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        var first = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]);
        var second = BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]);
        if (type == FrameType.Cut)
        {
            head = new FrameHead(type, 0, new LogRecordHeader { Signal = signal }, new LogCut(signal, first, second), headBytes, 0, payloadCrc);
            return payloadBytes == 0;
        }

        if (!TenantId.TryParse(Encoding.ASCII.GetString(bytes[RecordHeadBytesMin..headBytes]), out var tenant))
            return false;
        var items = BinaryPrimitives.ReadInt32LittleEndian(bytes[40..]);
        var header = new LogRecordHeader(signal, bytes[44], bytes[45], tenant, second, items);
        head = new FrameHead(type, first, header, new LogCut(signal, 0, 0), headBytes, (int)payloadBytes, payloadCrc);
        return true;
    }

    /// <summary>Whether the bytes say of themselves that they are the start of a longer head.</summary>
    public static bool IsBeginningOfHead(ReadOnlySpan<byte> bytes, ulong marker) =>
        bytes.Length >= CutBytes
        && BinaryPrimitives.ReadUInt64LittleEndian(bytes) == marker
        && (FrameType)bytes[20] == FrameType.Record
        && bytes.Length < RecordHeadBytesMin + bytes[22];

    private static void WritePrefix(
        Span<byte> head, ulong marker, FrameType type, Signal signal, int tenantBytes, int payloadBytes, uint payloadCrc)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(head, marker);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], payloadCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], (uint)payloadBytes);
        head[20] = (byte)type;
        head[21] = (byte)signal;
        head[22] = (byte)tenantBytes;
        head[23] = 0;
    }

    private static void Seal(Span<byte> head) =>
        BinaryPrimitives.WriteUInt32LittleEndian(head[CrcOffset..], Crc32C.Compute(head[CoveredOffset..]));
}
