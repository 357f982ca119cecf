namespace Otelier.Signals.Filters;

/// <summary>What a field is compared with.</summary>
public abstract record FilterValue
{
    private protected FilterValue()
    {
    }

    /// <summary>A text; texts are ordered bytewise.</summary>
    public sealed record Text(string Value) : FilterValue;

    /// <summary>A whole number, compared without loss with values that are whole numbers.</summary>
    public sealed record Integer(long Value) : FilterValue;

    /// <summary>A number. Not NaN, with which nothing compares.</summary>
    public sealed record Number(double Value) : FilterValue;

    public sealed record Boolean(bool Value) : FilterValue;
}
