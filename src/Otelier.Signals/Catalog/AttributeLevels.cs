namespace Otelier.Signals.Catalog;

/// <summary>Where the attributes that filters look at stand.</summary>
public static class AttributeLevels
{
    private static readonly AttributeLevel[] OfSpans = [AttributeLevel.Event, AttributeLevel.Link];

    /// <summary>All levels of a signal.</summary>
    public static IReadOnlyList<AttributeLevel> Of(Signal signal) =>
        [ItemOf(signal), AttributeLevel.Resource, AttributeLevel.Scope, .. signal == Signal.Traces ? OfSpans : []];

    /// <summary>The level of a signal's items.</summary>
    public static AttributeLevel ItemOf(Signal signal) => signal switch
    {
        Signal.Traces => AttributeLevel.Span,
        Signal.Logs => AttributeLevel.Log,
        Signal.Metrics => AttributeLevel.Point,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, null),
    };
}
