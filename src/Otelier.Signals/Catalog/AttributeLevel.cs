namespace Otelier.Signals.Catalog;

/// <summary>Where in a signal an attribute stands.</summary>
public enum AttributeLevel
{
    Resource,
    Scope,
    Span,
    Event,
    Link,
    Log,
    Point,
}
