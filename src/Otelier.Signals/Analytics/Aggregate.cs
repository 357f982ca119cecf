namespace Otelier.Signals.Analytics;

/// <summary>What is made of the rows of a group.</summary>
public enum AggregateFunction
{
    /// <summary>How many rows.</summary>
    Count,

    /// <summary>How many rows per second.</summary>
    Rate,

    /// <summary>The share of failed rows, 0 to 1: of spans those with the status error, of log records those of severity 17 or more.</summary>
    ErrorRate,

    /// <summary>Of the field's numbers; so are the next ones. Rows that have none do not count.</summary>
    Sum,

    Average,
    Min,
    Max,

    /// <summary>The number that so large a share of the numbers does not exceed, see <see cref="Aggregate.Quantile"/>; exact unless a warning says otherwise.</summary>
    Quantile,

    /// <summary>How many different values the field has; exact up to <see cref="AnalyticsLimits.DistinctExactMax"/>.</summary>
    Distinct,

    /// <summary>The field's most frequent values with their counts.</summary>
    Top,
}

/// <summary>One thing to work out.</summary>
/// <param name="Name">What it is called in the answer: how it was asked for.</param>
/// <param name="Function">What is made of the rows.</param>
/// <param name="Field">Of which field; <see langword="null"/> for functions of the rows alone.</param>
/// <param name="Quantile">0 to 1; of meaning for <see cref="AggregateFunction.Quantile"/> alone.</param>
/// <param name="Count">How many values; of meaning for <see cref="AggregateFunction.Top"/> alone.</param>
public sealed record Aggregate(string Name, AggregateFunction Function, NamedField? Field = null, double Quantile = 0, int Count = 0)
{
    /// <summary>Whether its values are numbers, which can be ordered by and drawn over time.</summary>
    public bool IsNumber => Function != AggregateFunction.Top;
}
