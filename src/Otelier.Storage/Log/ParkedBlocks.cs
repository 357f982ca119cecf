using System.Globalization;
using Microsoft.Extensions.Logging;
using Otelier.Signals;
using Otelier.Storage.Log.Interop;

namespace Otelier.Storage.Log;

/// <summary>
/// Blocks the store refused for what they hold, out of the way of those that follow: the requests as received, in the
/// frames of the log, a file per block beside its segments, and a text that says why. Bounded. Thread-safe.
/// </summary>
public sealed partial class ParkedBlocks
{
    public const string FolderName = "parked";

    private const string Extension = ".wal";
    private const string ReasonExtension = ".txt";
    private const string TemporaryExtension = ".tmp";
    private const int WindowBytes = 64 << 10;

    private readonly string _directory;
    private readonly long _bytesMax;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ParkedBlock> _blocks = new(StringComparer.Ordinal);
    private int _retrying;

    internal ParkedBlocks(string logDirectory, long bytesMax, ILogger logger)
    {
        _directory = Path.Combine(logDirectory, FolderName);
        _bytesMax = bytesMax;
        _logger = logger;
        if (!Directory.Exists(_directory))
            return;
        foreach (var path in Directory.EnumerateFiles(_directory, "*" + Extension))
        {
            if (TryDescribe(path) is { } block)
                _blocks[block.Name] = block;
            else
                LogNotABlock(path);
        }
    }

    /// <summary>Every block there is, by signal and in the order of the log.</summary>
    public IReadOnlyList<ParkedBlock> All
    {
        get
        {
            lock (_gate)
                return [.. _blocks.Values];
        }
    }

    /// <summary>Whether somebody may be storing blocks with records as they were read some time ago.</summary>
    public bool IsRetrying => Volatile.Read(ref _retrying) > 0;

    /// <summary>Says that blocks are going to be read and stored, until <see cref="EndRetry"/>.</summary>
    public void BeginRetry() => Interlocked.Increment(ref _retrying);

    /// <summary>Says that nothing that was read is being stored any more.</summary>
    public void EndRetry() => Interlocked.Decrement(ref _retrying);

    /// <summary>
    /// The records of a block, which the caller disposes of; none when it was forgotten meanwhile, and null when they cannot be read,
    /// and then the file stays where it is.
    /// </summary>
    /// <exception cref="IOException">The disk cannot be read.</exception>
    public IReadOnlyList<LogEntry>? TryRead(ParkedBlock block)
    {
        lock (_gate)
            return _blocks.ContainsKey(block.Name) ? TryRead(PathOf(block.Name, Extension))?.Records : [];
    }

    /// <summary>
    /// Takes a tenant's records out of every block, durably once this returns. What is left of a block keeps its token, and a block of
    /// which nothing is left is forgotten. A file that cannot be read is left alone: it is never stored.
    /// </summary>
    /// <returns>How many records.</returns>
    /// <exception cref="IOException">The disk did not do it; the call may be repeated.</exception>
    public int Erase(TenantId tenant)
    {
        var erased = 0;
        foreach (var block in All)
        {
            lock (_gate)
            {
                if (!_blocks.ContainsKey(block.Name) || TryRead(PathOf(block.Name, Extension)) is not var (identity, records))
                    continue;
                var others = records.Where(record => record.Header.Tenant != tenant).ToArray();
                erased += records.Count - others.Length;
                if (others.Length == 0)
                    Remove(block);
                else if (others.Length < records.Count)
                    Replace(identity, block.Cut, others);
                records.ForEach(record => record.Dispose());
            }
        }

        return erased;
    }

    /// <summary>Forgets a block that the store has meanwhile.</summary>
    public void Remove(ParkedBlock block)
    {
        lock (_gate)
        {
            File.Delete(PathOf(block.Name, Extension));
            File.Delete(PathOf(block.Name, ReasonExtension));
            DirectorySync.Flush(_directory);
            _blocks.Remove(block.Name);
        }
    }

    /// <summary>Keeps a block, durably once this returns; false when there is no room for it.</summary>
    /// <exception cref="IOException">The disk did not take it; the call may be repeated.</exception>
    internal bool TryKeep(LogIdentity identity, LogCut cut, string reason, IEnumerable<LogEntry> records)
    {
        lock (_gate)
        {
            var name = NameOf(cut);
            var room = _bytesMax - _blocks.Values.Where(block => block.Name != name).Sum(block => block.Bytes);
            Directory.CreateDirectory(_directory);
            var temporary = PathOf(name, Extension + TemporaryExtension);
            var bytes = Write(temporary, identity, cut, records, room);
            if (bytes > room)
            {
                File.Delete(temporary);
                return false;
            }

            File.WriteAllText(PathOf(name, ReasonExtension), reason);
            Replace(temporary, new ParkedBlock(identity.Id, cut, bytes, name));
            return true;
        }
    }

    /// <summary>
    /// Forgets blocks whose parking was interrupted before the checkpoint passed them: the log has their records still and forms
    /// the block again, which the store may take this time.
    /// </summary>
    internal void RemoveUnfinished(LogIdentity identity, Checkpoints checkpoints)
    {
        foreach (var block in All)
        {
            if (block.LogId == identity.Id && block.Cut.Last > checkpoints[block.Cut.Signal])
                Remove(block);
        }
    }

    private static (LogIdentity Identity, List<LogEntry> Records)? TryRead(string path)
    {
        if (DurableFile.TryRead(path, LogIdentity.PreambleBytes) is not { } preamble || LogIdentity.TryRead(preamble) is not { } identity)
            return null;
        using var scanner = new FrameScanner(path, identity.Marker, WindowBytes);
        var entries = new List<LogEntry>();
        var end = scanner.FileLength;
        for (long offset = LogIdentity.PreambleBytes; scanner.TryReadHead(offset, end, out var head); offset += head.Bytes)
        {
            // The cut is written last: with it, nothing is missing.
            if (head.Type == FrameType.Cut)
                return (identity, entries);
            if (RunReader.TryReadEntry(scanner, offset, head) is not { } entry)
                break;
            entries.Add(entry);
        }

        entries.ForEach(entry => entry.Dispose());
        return null;
    }

    private static ParkedBlock? TryDescribe(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var parts = name.Split('-');
        return parts.Length == 3
            && Enum.TryParse<Signal>(parts[0], ignoreCase: true, out var signal)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && DurableFile.TryRead(path, LogIdentity.PreambleBytes) is { } preamble
            && LogIdentity.TryRead(preamble) is { } identity
            ? new ParkedBlock(identity.Id, new LogCut(signal, first, last), new FileInfo(path).Length, name)
            : null;
    }

    private static string NameOf(LogCut cut) =>
        string.Create(CultureInfo.InvariantCulture, $"{WriteAheadLog.Name(cut.Signal)}-{cut.First:D20}-{cut.Last:D20}");

    /// <summary>Writes and fsyncs the file; stops where it is larger than <paramref name="bytesMax"/>.</summary>
    private static long Write(string path, LogIdentity identity, LogCut cut, IEnumerable<LogEntry> records, long bytesMax)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, identity.Preamble(cut.First), 0);
        long written = LogIdentity.PreambleBytes;
        Span<byte> head = stackalloc byte[Frame.HeadBytesMax];
        foreach (var record in records)
        {
            using (record)
            {
                var payload = record.Payload.Span;
                var headBytes = Frame.WriteRecordHead(head, identity.Marker, record.Sequence, record.Header, payload.Length, Crc32C.Compute(payload));
                RandomAccess.Write(file, head[..headBytes], written);
                RandomAccess.Write(file, payload, written + headBytes);
                written += headBytes + payload.Length;
            }

            if (written > bytesMax)
                return written;
        }

        RandomAccess.Write(file, head[..Frame.WriteCut(head, identity.Marker, cut)], written);
        RandomAccess.FlushToDisk(file);
        return written + Frame.CutBytes;
    }

    private void Replace(LogIdentity identity, LogCut cut, IEnumerable<LogEntry> records)
    {
        var temporary = PathOf(NameOf(cut), Extension + TemporaryExtension);
        Replace(temporary, new ParkedBlock(identity.Id, cut, Write(temporary, identity, cut, records, long.MaxValue), NameOf(cut)));
    }

    private void Replace(string written, ParkedBlock block)
    {
        File.Move(written, PathOf(block.Name, Extension), overwrite: true);
        DirectorySync.Flush(_directory);
        _blocks[block.Name] = block;
    }

    private string PathOf(string name, string extension) => Path.Combine(_directory, name + extension);
}
