using System.Buffers;

namespace Otelier.Storage.ClickHouse.Native;

/// <summary>Writes ids of one fixed size as hexadecimal Native strings; an id of zeros as the empty string.</summary>
internal static class HexWriter
{
    private const int IdsAtOnce = 512;

    public static void Write(ReadOnlySpan<byte> ids, int size, IBufferWriter<byte> output)
    {
        var digits = ArrayPool<byte>.Shared.Rent(IdsAtOnce * size * 2);
        while (!ids.IsEmpty)
        {
            var part = ids[..Math.Min(ids.Length, IdsAtOnce * size)];
            Convert.TryToHexStringLower(part, digits, out _);
            WriteStrings(part, digits, size, output);
            ids = ids[part.Length..];
        }

        ArrayPool<byte>.Shared.Return(digits);
    }

    private static void WriteStrings(ReadOnlySpan<byte> ids, ReadOnlySpan<byte> digits, int size, IBufferWriter<byte> output)
    {
        var target = output.GetSpan((ids.Length / size) * ((size * 2) + 1));
        var written = 0;
        for (var at = 0; at < ids.Length; at += size)
        {
            if (!ids.Slice(at, size).ContainsAnyExcept((byte)0))
            {
                target[written++] = 0;
                continue;
            }

            target[written++] = (byte)(size * 2);
            digits.Slice(at * 2, size * 2).CopyTo(target[written..]);
            written += size * 2;
        }

        output.Advance(written);
    }
}
