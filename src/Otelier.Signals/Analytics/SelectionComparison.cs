namespace Otelier.Signals.Analytics;

/// <summary>A value of a field and in how many sampled rows of each side it was seen.</summary>
public readonly record struct ValueSighting(string Field, string Value, ulong SelectionRows, ulong BaselineRows);

/// <summary>
/// Ranks values by how much larger their share of the selection is than their share of the baseline. A difference counts only
/// where chance alone would hardly make it: the shares of two samples of these sizes differ so much in fewer than one of a
/// thousand cases (a two-proportion z test), and the value was seen often enough for that test to hold.
/// </summary>
public static class SelectionComparison
{
    /// <summary>How many standard errors apart the shares are at least: two-sided 0.1 %.</summary>
    public const double StandardErrorsMin = 3.29;

    /// <summary>Sightings on both sides together below which nothing is concluded.</summary>
    public const ulong SightingsMin = 5;

    /// <summary>Ranks what was seen.</summary>
    /// <param name="sightings">The values; each pair of field and value once.</param>
    /// <param name="selection">The selection's rows: those sampled, and all.</param>
    /// <param name="baseline">The baseline's rows: those sampled, and all.</param>
    /// <returns>Highest score first, then by name, so that the same rows give the same answer; at most <see cref="AnalyticsLimits.ComparedFieldsMax"/>.</returns>
    public static IReadOnlyList<ComparedField> Rank(IEnumerable<ValueSighting> sightings, SampledRows selection, SampledRows baseline)
    {
        var fields = new List<ComparedField>();
        if (selection.Sampled == 0)
            return fields;
        foreach (var field in sightings.GroupBy(sighting => sighting.Field, StringComparer.Ordinal))
        {
            var values = field.Select(sighting => Compare(sighting, selection, baseline)).ToList();
            var score = values.Max(value => value.Score);
            if (score <= 0)
                continue;
            values.Sort(Order);
            fields.Add(new ComparedField(field.Key, score, [.. values.Take(AnalyticsLimits.ComparedValuesMax)]));
        }

        fields.Sort((a, b) => b.Score.CompareTo(a.Score) is not 0 and var byScore ? byScore : string.CompareOrdinal(a.Field, b.Field));
        return [.. fields.Take(AnalyticsLimits.ComparedFieldsMax)];
    }

    private static ComparedValue Compare(ValueSighting sighting, SampledRows selection, SampledRows baseline)
    {
        var selectionShare = selection.ShareOf(sighting.SelectionRows);
        var baselineShare = baseline.ShareOf(sighting.BaselineRows);
        var difference = selectionShare - baselineShare;
        return new ComparedValue(
            sighting.Value,
            selection.CountOf(sighting.SelectionRows),
            baseline.CountOf(sighting.BaselineRows),
            selectionShare,
            baselineShare,
            IsSignificant(sighting, difference, selection.Sampled, baseline.Sampled) ? difference : 0);
    }

    private static bool IsSignificant(ValueSighting sighting, double difference, ulong selected, ulong others)
    {
        if (others == 0 || sighting.SelectionRows + sighting.BaselineRows < SightingsMin)
            return false;
        // The share of both sides together, from which the standard error under "no difference" follows.
        var pooled = (double)(sighting.SelectionRows + sighting.BaselineRows) / (selected + others);
        var variance = pooled * (1 - pooled) * ((1.0 / selected) + (1.0 / others));
        return difference * difference > StandardErrorsMin * StandardErrorsMin * variance;
    }

    /// <summary>What the selection has more of, then what it has less of, then the rest; each by the difference, then by rows.</summary>
    private static int Order(ComparedValue a, ComparedValue b)
    {
        var bySide = SideOf(a).CompareTo(SideOf(b));
        if (bySide != 0)
            return bySide;
        var byScore = Math.Abs(b.Score).CompareTo(Math.Abs(a.Score));
        if (byScore != 0)
            return byScore;
        var byCount = (b.SelectionCount + b.BaselineCount).CompareTo(a.SelectionCount + a.BaselineCount);
        return byCount != 0 ? byCount : string.CompareOrdinal(a.Value, b.Value);
    }

    private static int SideOf(ComparedValue value) => value.Score > 0 ? 0 : value.Score < 0 ? 1 : 2;
}

/// <summary>The rows of a side of a comparison.</summary>
/// <param name="Sampled">How many were looked at.</param>
/// <param name="All">How many there are.</param>
public readonly record struct SampledRows(ulong Sampled, ulong All)
{
    /// <summary>The share of the sampled rows, 0 to 1.</summary>
    public double ShareOf(ulong rows) => Sampled == 0 ? 0 : (double)rows / Sampled;

    /// <summary>About how many of all rows, where <paramref name="rows"/> of the sampled ones.</summary>
    public ulong CountOf(ulong rows) => Sampled == All ? rows : (ulong)Math.Round(ShareOf(rows) * All);
}
