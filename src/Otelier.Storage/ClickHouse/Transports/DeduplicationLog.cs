using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// The engine writes an insert's token into a table's deduplication log just before it gives the rows' folder its final name. If the
/// process dies or the disk fails in between, the token stands there without rows, a replay of that block is dropped as
/// "already known", and acknowledged data is lost (seen by killing the engine at that very system call). So, while the
/// engine does not have the table open, this takes such records out of the log: the parts on disk are the truth.
/// </summary>
internal static partial class DeduplicationLog
{
    private const string LogFolder = "deduplication_logs";
    private const int Added = 1;
    private const int Dropped = 2;

    /// <summary>Puts the logs of every table of a data directory right. The engine must not be running on it.</summary>
    /// <returns>The tables' folders that needed it, with the number of records taken out.</returns>
    internal static List<(string Folder, int Count)> RepairAll(string dataDirectory)
    {
        var repaired = new List<(string, int)>();
        var store = Path.Combine(dataDirectory, "store");
        if (!Directory.Exists(store))
            return repaired;
        foreach (var prefix in Directory.EnumerateDirectories(store))
        {
            foreach (var table in Directory.EnumerateDirectories(prefix))
            {
                if (Repair(table) is > 0 and var count)
                    repaired.Add((table, count));
            }
        }

        return repaired;
    }

    /// <summary>How many tokens of a table stand without rows.</summary>
    internal static int CountDangling(string tableFolder) => Read(tableFolder, out _).Count;

    /// <summary>Takes the tokens without rows out of a table's log. The engine must not have the table open.</summary>
    /// <returns>How many there were, torn lines included.</returns>
    internal static int Repair(string tableFolder)
    {
        var dangling = Read(tableFolder, out var logs);
        var removed = 0;
        foreach (var (path, lines) in logs)
        {
            var kept = lines.Where(line => !IsTorn(line) && !(Record.Parse(line) is { } record && dangling.Contains(record))).ToList();
            if (kept.Count == lines.Count)
                continue;
            removed += lines.Count - kept.Count;
            Replace(path, kept);
        }

        return removed;
    }

    private static HashSet<Record> Read(string tableFolder, out List<(string Path, List<string> Lines)> logs)
    {
        logs = [];
        var folder = Path.Combine(tableFolder, LogFolder);
        if (!Directory.Exists(folder))
            return [];
        foreach (var path in Directory.EnumerateFiles(folder, "deduplication_log_*.txt").OrderBy(LogNumber))
            logs.Add((path, Lines(path)));

        var known = new Dictionary<string, Record>(StringComparer.Ordinal);
        foreach (var line in logs.SelectMany(log => log.Lines))
        {
            if (Record.Parse(line) is not { } record)
                continue;
            if (record.Operation == Dropped)
                known.Remove(record.BlockId);
            else
                known[record.BlockId] = record;
        }

        if (known.Count == 0)
            return [];
        var parts = Directory.EnumerateDirectories(tableFolder)
            .Select(path => Part.Parse(Path.GetFileName(path)))
            .OfType<Part>()
            .ToLookup(part => part.Partition, StringComparer.Ordinal);
        return [.. known.Values.Where(record => !parts[record.Part.Partition].Any(part => part.Covers(record.Part)))];
    }

    private static bool IsTorn(string line) => line.EndsWith('\0');

    /// <summary>The file's lines; a last line without an end is torn by a crash and is marked with a NUL.</summary>
    private static List<string> Lines(string path)
    {
        var text = File.ReadAllText(path);
        var lines = text.Split('\n').ToList();
        var last = lines[^1];
        lines.RemoveAt(lines.Count - 1);
        if (last.Length > 0)
            lines.Add($"{last}\0");
        return lines;
    }

    private static void Replace(string path, List<string> lines)
    {
        // The engine reads every file in the folder as a log, so the new file waits outside.
        var temporary = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!, "tmp_otelier_deduplication_log");
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            foreach (var line in lines)
                file.Write(Encoding.UTF8.GetBytes($"{line}\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static int LogNumber(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path).Split('_')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    /// <summary>One line: operation, part, block id.</summary>
    private sealed record Record(int Operation, Part Part, string BlockId)
    {
        internal static Record? Parse(string line)
        {
            var fields = line.Split('\t');
            return fields.Length == 3
                && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var operation)
                && operation is Added or Dropped
                && fields[2].Length > 0 && !IsTorn(fields[2])
                && Part.Parse(fields[1]) is { } part
                ? new Record(operation, part, fields[2])
                : null;
        }
    }

    /// <summary>A part's folder name: partition, first and last block, level, and perhaps a mutation.</summary>
    private sealed partial record Part(string Partition, long First, long Last)
    {
        internal bool Covers(Part other) => First <= other.First && other.Last <= Last;

        internal static Part? Parse(string name) =>
            NamePattern().Match(name) is { Success: true } match
            && long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? new Part(match.Groups[1].Value, first, last)
                : null;

        [GeneratedRegex(@"^([^_]+)_(\d{1,18})_(\d{1,18})_\d{1,18}(?:_\d{1,18})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
        private static partial Regex NamePattern();
    }
}
