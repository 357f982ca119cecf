namespace Otelier.Signals.Catalog;

/// <summary>Where the attributes that filters look at stand.</summary>
public static class AttributeLevels
{
    /// <summary>The level of a signal's items.</summary>
    public static AttributeLevel ItemOf(Signal signal) => signal switch
    {
        Signal.Traces => AttributeLevel.Span,
        Signal.Logs => AttributeLevel.Log,
        Signal.Metrics => AttributeLevel.Point,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, null),
    };
}
