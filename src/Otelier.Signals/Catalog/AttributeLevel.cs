namespace Otelier.Signals.Catalog;

/// <summary>
/// Where in a signal an attribute stands. Those of span events, links and exemplars are not in the catalog: it offers what a
/// filter can ask for, and a filter asks for an event's name or a link's trace, never for their attributes. Offered, such a key
/// would be taken for the span's own and find nothing. They are stored and come back with their span.
/// </summary>
public enum AttributeLevel
{
    Resource,
    Scope,
    Span,
    Log,
    Point,
}
