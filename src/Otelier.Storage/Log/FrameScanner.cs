using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Otelier.Storage.Log;

/// <summary>Reads frames of one segment through a window. Not thread-safe.</summary>
/// <param name="path">The segment's file.</param>
/// <param name="marker">What its frames begin with.</param>
/// <param name="windowBytes">How much is read at once: little when most payloads are skipped, much when all are checked.</param>
internal sealed class FrameScanner(string path, ulong marker, int windowBytes) : IDisposable
{
    private readonly SafeFileHandle _handle =
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private readonly byte[] _window = new byte[Math.Max(windowBytes, 2 * Frame.HeadBytesMax)];
    private long _windowStart;
    private int _windowLength;

    public long FileLength => RandomAccess.GetLength(_handle);

    /// <summary>Up to <paramref name="count"/> bytes from <paramref name="offset"/> on, fewer at <paramref name="end"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> View(long offset, int count, long end)
    {
        var wanted = (int)Math.Clamp(end - offset, 0, Math.Min(count, _window.Length));
        if (offset < _windowStart || offset + wanted > _windowStart + _windowLength)
            Fill(offset, end);
        var start = (int)(offset - _windowStart);
        return _window.AsSpan(start, Math.Min(wanted, _windowLength - start));
    }

    /// <summary>Reads the head of a frame that lies wholly before <paramref name="end"/>.</summary>
    public bool TryReadHead(long offset, long end, out FrameHead head) =>
        TryReadAnyHead(offset, end, out head) && offset + head.Bytes <= end;

    /// <summary>Reads the head of a frame whose payload may go beyond <paramref name="end"/>.</summary>
    public bool TryReadAnyHead(long offset, long end, out FrameHead head) =>
        Frame.TryReadHead(View(offset, Frame.HeadBytesMax, end), marker, out head);

    /// <summary>Whether what lies before <paramref name="end"/> can be the first bytes of a head.</summary>
    public bool IsBeginningOfHead(long offset, long end) =>
        Frame.IsBeginningOfHead(View(offset, Frame.HeadBytesMax, end), marker);

    /// <summary>Whether the payload of the frame at <paramref name="offset"/> has the checksum its head tells.</summary>
    public bool IsPayloadIntact(long offset, in FrameHead head)
    {
        var at = offset + head.HeadBytes;
        var end = offset + head.Bytes;
        var crc = 0u;
        while (at < end)
        {
            var view = View(at, _window.Length, end);
            if (view.IsEmpty)
                return false;
            crc = Crc32C.Append(crc, view);
            at += view.Length;
        }

        return crc == head.PayloadCrc;
    }

    /// <summary>Reads the payload of the frame at <paramref name="offset"/>; false when it is damaged.</summary>
    public bool TryReadPayload(long offset, in FrameHead head, Span<byte> to)
    {
        var at = offset + head.HeadBytes;
        for (var rest = to; !rest.IsEmpty;)
        {
            var read = RandomAccess.Read(_handle, rest, at);
            if (read == 0)
                return false;
            at += read;
            rest = rest[read..];
        }

        return Crc32C.Compute(to) == head.PayloadCrc;
    }

    /// <summary>Where the next intact head begins at or after <paramref name="from"/>; <paramref name="end"/> when there is none.</summary>
    public long Resynchronize(long from, long end)
    {
        Span<byte> sought = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(sought, marker);
        while (end - from >= Frame.CutBytes)
        {
            var view = View(from, _window.Length, end);
            var at = view.IndexOf(sought);
            if (at >= 0)
            {
                from += at;
                if (TryReadHead(from, end, out _))
                    return from;
                from++;
            }
            else if (view.Length < sought.Length)
            {
                break;
            }
            else
            {
                // The marker may lie across the end of the window.
                from += view.Length - sought.Length + 1;
            }
        }

        return end;
    }

    public void Dispose() => _handle.Dispose();

    private void Fill(long offset, long end)
    {
        _windowStart = offset;
        _windowLength = 0;
        var wanted = (int)Math.Min(_window.Length, end - offset);
        while (_windowLength < wanted)
        {
            var read = RandomAccess.Read(_handle, _window.AsSpan(_windowLength, wanted - _windowLength), offset + _windowLength);
            if (read == 0)
                break;
            _windowLength += read;
        }
    }
}
