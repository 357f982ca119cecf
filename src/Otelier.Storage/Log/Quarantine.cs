using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

/// <summary>
/// Keeps a copy of what cannot be read, for a person to look at: the segment itself is deleted once the store has the rest
/// of it. Found again, by another reader or the next start, a range is neither copied nor counted twice.
/// </summary>
internal sealed partial class Quarantine(string logDirectory, long bytesMax, ILogger logger)
{
    public const string FolderName = "quarantine";

    private const int CopyBytes = 1 << 20;
    private const int RangesRememberedMax = 10_000;

    private readonly string _directory = Path.Combine(logDirectory, FolderName);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long _damagedBytes;

    /// <summary>Bytes found damaged since opening.</summary>
    public long DamagedBytes => Interlocked.Read(ref _damagedBytes);

    /// <summary>Copies a range of a segment. The copy's file name, or null when there is no room or the copy failed.</summary>
    public string? Keep(Segment segment, long offset, long bytes)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(segment.Name)}-{offset}-{bytes}.bin");
        lock (_gate)
        {
            var copy = Path.Combine(_directory, name);
            if (!_known.Contains(name))
            {
                if (_known.Count < RangesRememberedMax)
                    _known.Add(name);
                Interlocked.Add(ref _damagedBytes, bytes);
                LogDamaged(segment.Name, offset, bytes);
            }

            if (File.Exists(copy))
                return name;
            try
            {
                Directory.CreateDirectory(_directory);
                var used = new DirectoryInfo(_directory).EnumerateFiles().Sum(file => file.Length);
                if (used + bytes > bytesMax)
                {
                    LogNoRoom(segment.Name, offset, bytes, bytesMax);
                    return null;
                }

                Copy(segment.Path, offset, bytes, copy);
                return name;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The copy is a courtesy; the log must open and drain without it.
                LogNotCopied(failure, segment.Name, offset, bytes);
                return null;
            }
        }
    }

    private static void Copy(string from, long offset, long bytes, string to)
    {
        using var source = File.OpenHandle(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var temporary = to + ".tmp";
        using (var target = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            var buffer = new byte[(int)Math.Min(bytes, CopyBytes)];
            for (long done = 0; done < bytes;)
            {
                var read = RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes - done)), offset + done);
                if (read == 0)
                    break;
                RandomAccess.Write(target, buffer.AsSpan(0, read), done);
                done += read;
            }

            RandomAccess.FlushToDisk(target);
        }

        File.Move(temporary, to, overwrite: true);
    }
}
