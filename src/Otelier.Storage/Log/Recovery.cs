namespace Otelier.Storage.Log;

/// <summary>What opening found: the segments to go on with and what each signal still has to deliver.</summary>
internal sealed record RecoveredLog(
    List<Segment> Segments, long NextSequence, DiskRun?[] Backlogs, List<LogCut>[] Cuts, RecoveryReport Report);

/// <summary>
/// Reads the whole log once. Damage in the middle is copied away and stepped over; what an interrupted append left at the end
/// is cut off. Used for one opening.
/// </summary>
internal sealed class Recovery(string directory, ILogDisk disk, LogIdentity identity, Checkpoints checkpoints, Quarantine quarantine)
{
    // Every payload is checked, so large reads.
    private const int WindowBytes = 1 << 20;

    private readonly DiskRun?[] _backlogs = new DiskRun?[SignalSlots.Count];
    private readonly List<LogCut>[] _cuts = [.. Enumerable.Range(0, SignalSlots.Count).Select(_ => new List<LogCut>())];
    private readonly List<LogDamage> _damage = [];
    private int _damageCount;
    private int _damageAwaitingSequence;
    private long _records;
    private long _lastSequence;
    private long _tornTailBytes;

    public RecoveredLog Run(bool isCreated, bool isCheckpointLost, CancellationToken cancellationToken)
    {
        var segments = ListSegments(directory);
        foreach (var segment in segments)
            Read(segment, segment == segments[^1], cancellationToken);
        if (segments.Count > 0)
            _lastSequence = Math.Max(_lastSequence, segments[^1].FirstSequence - 1);
        // Should the disk have lost the end of the log, no number the store may have seen is given away again.
        var nextSequence = Math.Max(Math.Max(_lastSequence, checkpoints.Max), _cuts.Max(LastOf)) + 1;
        TellDamageWhatFollows(nextSequence);
        var report = new RecoveryReport(
            isCreated, segments.Count, _records, nextSequence, _tornTailBytes, isCheckpointLost, _damage, _damageCount);
        return new RecoveredLog(segments, nextSequence, _backlogs, _cuts, report);
    }

    public static List<Segment> ListSegments(string directory) =>
        [.. Directory.EnumerateFiles(directory).Select(Segment.TryParse).OfType<Segment>().OrderBy(segment => segment.FirstSequence)];

    private static long LastOf(List<LogCut> cuts) => cuts.Count > 0 ? cuts[^1].Last : 0;

    private void Read(Segment segment, bool isLast, CancellationToken cancellationToken)
    {
        using var scanner = new FrameScanner(segment.Path, identity.Marker, WindowBytes);
        var end = scanner.FileLength;
        var intactEnd = Math.Min(end, LogIdentity.PreambleBytes);
        if (LogIdentity.TryRead(scanner.View(0, LogIdentity.PreambleBytes, end)) is null && (end >= LogIdentity.PreambleBytes || !isLast))
            NoteDamage(segment, 0, intactEnd);

        // A damaged range is told when something intact follows it or the file ends.
        for (var offset = intactEnd; offset < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (scanner.TryReadHead(offset, end, out var head) && IsInOrder(head))
            {
                if (scanner.IsPayloadIntact(offset, head))
                {
                    if (intactEnd < offset)
                        NoteDamage(segment, intactEnd, offset - intactEnd);
                    Accept(segment, offset, head);
                    intactEnd = offset + head.Bytes;
                }

                offset += head.Bytes;
            }
            else
            {
                offset = scanner.Resynchronize(offset + 1, end);
            }
        }

        if (isLast)
            CutTail(segment, scanner, intactEnd, end);
        else if (intactEnd < end)
            NoteDamage(segment, intactEnd, end - intactEnd);
        segment.Length = isLast ? Math.Max(intactEnd, LogIdentity.PreambleBytes) : end;
    }

    private bool IsInOrder(in FrameHead head) => head.Type != FrameType.Record || head.Sequence > _lastSequence;

    private void Accept(Segment segment, long offset, in FrameHead head)
    {
        var signal = head.Header.Signal;
        var slot = (int)signal;
        if (head.Type == FrameType.Cut)
        {
            if (head.Cut.Last > Math.Max(checkpoints[signal], LastOf(_cuts[slot])))
                _cuts[slot].Add(head.Cut);
            return;
        }

        _records++;
        TellDamageWhatFollows(head.Sequence);
        _lastSequence = head.Sequence;
        segment.NoteRecord(signal, head.Sequence);
        if (head.Sequence <= checkpoints[signal])
            return;
        var backlog = _backlogs[slot] ??= new DiskRun(segment, offset, head.Header.ReceivedUnixNano);
        backlog.Extend(head.Sequence, head.PayloadBytes);
    }

    private void NoteDamage(Segment segment, long offset, long bytes)
    {
        var copy = quarantine.Keep(segment, offset, bytes);
        _damageCount++;
        if (_damage.Count < RecoveryReport.DamageReportMax)
            _damage.Add(new LogDamage(segment.Name, offset, bytes, _lastSequence, 0, copy));
    }

    private void TellDamageWhatFollows(long sequence)
    {
        for (; _damageAwaitingSequence < _damage.Count; _damageAwaitingSequence++)
            _damage[_damageAwaitingSequence] = _damage[_damageAwaitingSequence] with { BeforeSequence = sequence };
    }

    /// <summary>Cuts the last segment back to what is intact and makes that durable: a killed process leaves data the disk has not seen.</summary>
    private void CutTail(Segment segment, FrameScanner scanner, long intactEnd, long end)
    {
        if (intactEnd < end)
        {
            _tornTailBytes = end - intactEnd;
            if (!IsInterruptedAppend(scanner, intactEnd, end))
            {
                // Not what an interrupted append leaves, so it may have been acknowledged, and its blocks may be in the store
                // under their numbers. Those are not used again: no record takes as little as a head.
                NoteDamage(segment, intactEnd, _tornTailBytes);
                _lastSequence += (_tornTailBytes / Frame.RecordHeadBytesMin) + 1;
            }
        }

        using var file = disk.Open(segment.Path);
        if (end < LogIdentity.PreambleBytes)
        {
            _tornTailBytes = end;
            file.Write([identity.Preamble(segment.FirstSequence)], 0);
        }
        else if (intactEnd < end)
        {
            file.SetLength(intactEnd);
        }

        file.Flush();
    }

    /// <summary>Whether from <paramref name="offset"/> on there is the beginning of one frame, and no more.</summary>
    private static bool IsInterruptedAppend(FrameScanner scanner, long offset, long end) =>
        end - offset < Frame.CutBytes
        || (scanner.TryReadAnyHead(offset, end, out var head) ? offset + head.Bytes > end : scanner.IsBeginningOfHead(offset, end));
}
