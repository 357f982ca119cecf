namespace Otelier.Signals.Catalog;

/// <summary>
/// Where in a signal an attribute stands. Those of exemplars are not in the catalog: it offers what a filter can ask for. They are
/// stored and come back with their points.
/// </summary>
public enum AttributeLevel
{
    Resource,
    Scope,
    Span,
    Log,
    Point,

    /// <summary>On an event of a span.</summary>
    Event,

    /// <summary>On a link of a span.</summary>
    Link,
}
