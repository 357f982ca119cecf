namespace Otelier.Benchmarks.Report;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured, in a few words.</param>
/// <param name="Value">The measured value, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit; empty for a plain number.</param>
internal sealed record Figure(string Name, double Value, string Unit)
{
    /// <summary>What it was measured against in the same run; null for nothing.</summary>
    public string? Against { get; init; }

    /// <summary>The other one's value, in the same unit.</summary>
    public double? AgainstValue { get; init; }

    /// <summary>The median of the pairs' ratios, which need not be the ratio of the two medians.</summary>
    public double? Ratio { get; init; }

    /// <summary>Null for a figure that is only told.</summary>
    public Goal? Goal { get; init; }

    public bool? Met => Goal?.IsMetBy(this);

    /// <summary>A figure measured in pairs.</summary>
    public static Figure Of(string name, string unit, Pairs pairs, string against, Goal? goal) => new(name, pairs.Value, unit)
    {
        Against = against,
        AgainstValue = pairs.AgainstValue,
        Ratio = pairs.Ratio,
        Goal = goal,
    };
}
