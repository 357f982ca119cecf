namespace Otelier.Benchmarks.Report;

/// <summary>What pairs of runs, one right after the other, have shown: medians of both and of their ratios.</summary>
internal sealed record Pairs(double Value, double AgainstValue, double Ratio)
{
    public static Pairs Of(IReadOnlyList<(double A, double B)> runs) => new(
        Statistics.Median(runs.Select(run => run.A)),
        Statistics.Median(runs.Select(run => run.B)),
        Statistics.Median(runs.Select(run => run.A / run.B)));

    /// <summary>
    /// Runs both <paramref name="count"/> times in turn. Every other pair begins with the second one, so that a machine that
    /// slows down or speeds up favours neither.
    /// </summary>
    public static async Task<IReadOnlyList<(TA A, TB B)>> RunAsync<TA, TB>(int count, Func<int, Task<TA>> a, Func<int, Task<TB>> b)
    {
        var runs = new List<(TA A, TB B)>(count);
        for (var i = 0; i < count; i++)
        {
            if (i % 2 == 0)
            {
                var first = await a(i);
                runs.Add((first, await b(i)));
            }
            else
            {
                var second = await b(i);
                runs.Add((await a(i), second));
            }
        }

        return runs;
    }
}
