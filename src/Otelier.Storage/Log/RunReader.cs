using System.Buffers;
using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>Reads one signal's records back from disk, in order. Used by one reader at a time.</summary>
internal sealed class RunReader(Signal signal, SegmentSet segments, ulong marker, Quarantine quarantine) : IDisposable
{
    // Mostly heads are wanted and payloads skipped, so a little more than a page or two.
    private const int WindowBytes = 16 << 10;

    private FrameScanner? _scanner;
    private Segment? _scanned;

    /// <summary>
    /// The run's next record after <paramref name="delivered"/> and not beyond <paramref name="bound"/>, which has been
    /// published. Null when none is left: those that should have been there are damaged.
    /// </summary>
    public LogEntry? ReadNext(DiskRun run, long delivered, long bound, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = run.Segment.Length;
            if (run.Offset >= end || ScannerOf(run.Segment) is not { } scanner)
            {
                if (segments.After(run.Segment) is not { } next)
                    return null;
                run.Segment = next;
                run.Offset = LogIdentity.PreambleBytes;
                continue;
            }

            if (!scanner.TryReadHead(run.Offset, end, out var head))
            {
                var intact = scanner.Resynchronize(run.Offset + 1, end);
                quarantine.Keep(run.Segment, run.Offset, intact - run.Offset);
                run.Offset = intact;
                continue;
            }

            if (head.Type == FrameType.Record && head.Sequence > bound)
                return null;
            if (head.Type == FrameType.Record && head.Header.Signal == signal && head.Sequence > delivered)
            {
                // Stepped over only after it was read: when the disk throws, the next call tries again.
                var entry = TryReadEntry(scanner, run.Offset, head);
                if (entry is null)
                    quarantine.Keep(run.Segment, run.Offset, head.Bytes);
                run.Offset += head.Bytes;
                if (entry is not null)
                    return entry;
            }
            else
            {
                run.Offset += head.Bytes;
            }
        }
    }

    public void Dispose() => _scanner?.Dispose();

    internal static LogEntry? TryReadEntry(FrameScanner scanner, long offset, in FrameHead head)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(head.PayloadBytes);
        if (scanner.TryReadPayload(offset, head, bytes.AsSpan(0, head.PayloadBytes)))
            return new LogEntry(head.Sequence, head.Header, bytes, head.PayloadBytes);
        ArrayPool<byte>.Shared.Return(bytes);
        return null;
    }

    /// <summary>Null when the segment is gone: then it held nothing this signal still needs, and the next one is looked at.</summary>
    private FrameScanner? ScannerOf(Segment segment)
    {
        if (_scanned == segment)
            return _scanner;
        _scanner?.Dispose();
        _scanner = null;
        _scanned = null;
        try
        {
            _scanner = new FrameScanner(segment.Path, marker, WindowBytes);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        _scanned = segment;
        return _scanner;
    }
}
