using System.Buffers.Binary;
using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>
/// Per signal the last record known to be durable in the store. Immutable; the file it is kept in is replaced as a whole.
/// </summary>
internal sealed class Checkpoints
{
    public const string FileName = "checkpoints";

    private const int FileBytes = 64;
    private readonly long[] _last;

    private Checkpoints(long[] last) => _last = last;

    public static Checkpoints None { get; } = new(new long[SignalSlots.Count]);

    public long this[Signal signal] => _last[(int)signal];

    public long Max => _last.Max();

    public Checkpoints With(Signal signal, long last)
    {
        var changed = (long[])_last.Clone();
        changed[(int)signal] = last;
        return new Checkpoints(changed);
    }

    public void Write(string directory, LogIdentity identity)
    {
        Span<byte> bytes = stackalloc byte[FileBytes];
        bytes.Clear();
        "OTELCKP\x01"u8.CopyTo(bytes);
        identity.Id.TryWriteBytes(bytes[8..]);
        for (var slot = 0; slot < _last.Length; slot++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(24 + (slot * 8))..], _last[slot]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[60..], Crc32C.Compute(bytes[..60]));
        DurableFile.Replace(Path.Combine(directory, FileName), bytes);
    }

    /// <summary>Null when the file is missing, damaged or another log's.</summary>
    public static Checkpoints? TryRead(string directory, LogIdentity identity)
    {
        if (DurableFile.TryRead(Path.Combine(directory, FileName), FileBytes) is not { Length: FileBytes } bytes)
            return null;
        var intact = bytes.AsSpan(0, 8).SequenceEqual("OTELCKP\x01"u8)
            && new Guid(bytes.AsSpan(8, 16)) == identity.Id
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(60)) == Crc32C.Compute(bytes.AsSpan(0, 60));
        if (!intact)
            return null;
        var last = new long[SignalSlots.Count];
        for (var slot = 0; slot < last.Length; slot++)
            last[slot] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24 + (slot * 8)));
        return new Checkpoints(last);
    }
}

/// <summary>Arrays indexed by signal: the numbers begin at 1, so slot 0 stays unused.</summary>
internal static class SignalSlots
{
    public const int Count = (int)Signal.Metrics + 1;

    public static ReadOnlySpan<Signal> All => [Signal.Traces, Signal.Logs, Signal.Metrics];
}
