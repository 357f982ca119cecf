using Otelier.Benchmarks.Processes;

namespace Otelier.Benchmarks;

/// <summary>What a case gets.</summary>
/// <param name="Quick">Short versions, whose figures only show that it works.</param>
/// <param name="PairCount">How many pairs of runs a ratio is the median of.</param>
/// <param name="Programs">The programs that are measured.</param>
/// <param name="Scratch">A folder of its own, on the disk that is measured, emptied at the end.</param>
/// <param name="Progress">Where to say what goes on.</param>
internal sealed record BenchContext(bool Quick, int PairCount, Programs Programs, string Scratch, TextWriter Progress)
{
    public void Say(string line) => Progress.WriteLine(line);

    /// <summary>A new name for a data directory.</summary>
    public string NewDirectory(string name)
    {
        for (var i = 1; ; i++)
        {
            var path = Path.Combine(Scratch, $"{name}-{i}");
            if (!Path.Exists(path))
                return path;
        }
    }
}
