namespace Otelier.Storage.Log;

/// <summary>
/// The segments, oldest first; the last one is being written. The writer's thread rolls, any thread may look up or
/// delete sealed ones.
/// </summary>
internal sealed class SegmentSet(LogOptions options, ILogDisk disk, LogIdentity identity, IEnumerable<Segment> recovered) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Segment> _segments = [.. recovered];
    private ILogFile? _file;
    private long _bytesOnDisk;

    /// <summary>The segment being written. For the writer's thread.</summary>
    public Segment Active { get; private set; } = null!;

    /// <summary>Its file. For the writer's thread.</summary>
    public ILogFile ActiveFile => _file!;

    public long BytesOnDisk => Interlocked.Read(ref _bytesOnDisk);

    public int Count
    {
        get
        {
            lock (_gate)
                return _segments.Count;
        }
    }

    /// <summary>Goes on with the last segment, or begins the first.</summary>
    public void Start(long nextSequence)
    {
        Interlocked.Exchange(ref _bytesOnDisk, _segments.Sum(segment => segment.Length));
        if (_segments.Count == 0)
        {
            Roll(nextSequence);
            return;
        }

        Active = _segments[^1];
        _file = disk.Open(Active.Path);
    }

    /// <summary>
    /// Seals the active segment, whose content is on disk already, and begins the next. When that fails nothing has changed.
    /// </summary>
    public void Roll(long nextSequence)
    {
        var next = new Segment(Segment.PathOf(options.Directory, nextSequence), nextSequence);
        var file = disk.Open(next.Path);
        try
        {
            // A failed attempt may have left something there.
            file.SetLength(0);
            file.Write([identity.Preamble(nextSequence)], 0);
            file.Flush();
            disk.FlushDirectory(options.Directory);
        }
        catch
        {
            file.Dispose();
            File.Delete(next.Path);
            throw;
        }

        next.Length = LogIdentity.PreambleBytes;
        Interlocked.Add(ref _bytesOnDisk, next.Length);
        _file?.Dispose();
        _file = file;
        Active = next;
        lock (_gate)
            _segments.Add(next);
    }

    /// <summary>Says that the active segment is on disk up to <paramref name="length"/>.</summary>
    public void Extend(long length)
    {
        Interlocked.Add(ref _bytesOnDisk, length - Active.Length);
        Active.Length = length;
    }

    /// <summary>
    /// Deletes sealed segments from the oldest on, as far as everything in them is covered. Only from the oldest on: the
    /// numbers on disk then have no holes, and a hole at opening is known to be damage.
    /// </summary>
    public void DeleteCovered(Checkpoints checkpoints)
    {
        var deleted = false;
        lock (_gate)
        {
            while (_segments.Count > 1 && _segments[0].IsCoveredBy(checkpoints))
            {
                var segment = _segments[0];
                File.Delete(segment.Path);
                _segments.RemoveAt(0);
                Interlocked.Add(ref _bytesOnDisk, -segment.Length);
                deleted = true;
            }
        }

        if (deleted)
            disk.FlushDirectory(options.Directory);
    }

    /// <summary>The segment a record is in, when it was not deleted; else one that comes before where it would be.</summary>
    public Segment Holding(long sequence)
    {
        lock (_gate)
            return _segments.FindLast(segment => segment.FirstSequence <= sequence) ?? _segments[0];
    }

    /// <summary>The segment that follows, null when there is none yet. The given one may have been deleted meanwhile.</summary>
    public Segment? After(Segment segment)
    {
        lock (_gate)
        {
            foreach (var candidate in _segments)
            {
                if (candidate.FirstSequence > segment.FirstSequence)
                    return candidate;
            }

            return null;
        }
    }

    public void Dispose() => _file?.Dispose();
}
