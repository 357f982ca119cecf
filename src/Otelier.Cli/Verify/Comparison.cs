namespace Otelier.Cli.Verify;

/// <summary>Compares what was written with what was read back.</summary>
internal static class Comparison
{
    /// <summary>One line for each missing, repeated, unexpected or different item; empty when all is equal.</summary>
    public static List<string> Faults(IReadOnlyList<CanonicalItem> expected, IReadOnlyList<CanonicalItem> actual)
    {
        var faults = new List<string>();
        var read = actual.ToLookup(i => i.Key);
        var wanted = expected.Select(i => i.Key).ToHashSet();
        foreach (var item in expected)
        {
            var found = read[item.Key].ToArray();
            if (found.Length == 0)
                faults.Add($"lost: {item.Key}");
            else if (found.Length > 1)
                faults.Add($"duplicate: {item.Key} is there {found.Length} times");
            else
                Differences(item, found[0], faults);
        }

        faults.AddRange(read.Where(g => !wanted.Contains(g.Key)).Select(g => $"unexpected: {g.Key}"));
        return faults;
    }

    private static void Differences(CanonicalItem expected, CanonicalItem actual, List<string> faults)
    {
        foreach (var (path, value) in expected.Fields)
        {
            if (!actual.Fields.TryGetValue(path, out var found))
                faults.Add($"different: {expected.Key}: {path} is missing, was {value}");
            else if (found != value)
                faults.Add($"different: {expected.Key}: {path} is {found}, was {value}");
        }

        foreach (var (path, value) in actual.Fields)
            if (!expected.Fields.ContainsKey(path))
                faults.Add($"different: {expected.Key}: {path} is {value}, was absent");
    }
}
