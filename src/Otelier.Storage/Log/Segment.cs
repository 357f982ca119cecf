using System.Globalization;
using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>One file of the log. Changed by the writer's thread only; once sealed it never changes again.</summary>
internal sealed class Segment(string path, long firstSequence)
{
    private const string Extension = ".wal";

    private readonly long[] _lastRecord = new long[SignalSlots.Count];
    private long _length;

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The first sequence a record in it can have; its name, so unique and in order.</summary>
    public long FirstSequence { get; } = firstSequence;

    /// <summary>Bytes known to be on disk: readers never look further.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    public bool HasRecords => _lastRecord.AsSpan().ContainsAnyExcept(0);

    public static string PathOf(string directory, long firstSequence) =>
        System.IO.Path.Combine(directory, firstSequence.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    public static Segment? TryParse(string path)
    {
        var name = System.IO.Path.GetFileName(path.AsSpan());
        return name.Length == 20 + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name[..20], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? new Segment(path, first)
            : null;
    }

    public void NoteRecord(Signal signal, long sequence) => _lastRecord[(int)signal] = sequence;

    /// <summary>Whether nothing in it will be needed again. A signal it holds nothing of does not matter.</summary>
    public bool IsCoveredBy(Checkpoints checkpoints)
    {
        foreach (var signal in SignalSlots.All)
        {
            if (_lastRecord[(int)signal] > checkpoints[signal])
                return false;
        }

        return true;
    }
}
