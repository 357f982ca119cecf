namespace Otelier.Signals.Filters;

/// <summary>How a field is compared with a value.</summary>
public enum FilterOperator
{
    Equal,

    /// <summary>The negation of <see cref="Equal"/>, so a missing attribute satisfies it.</summary>
    NotEqual,

    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>The field's text has the value's somewhere in it, in the same case. Of a log body of any kind its stored text is searched.</summary>
    Contains,

    /// <summary>The field's text begins with the value's, in the same case; of the same values as <see cref="Contains"/>.</summary>
    StartsWith,

    /// <summary>
    /// The value, a text that <see cref="FilterPattern.TryParse"/> accepts, matches somewhere in the field's text; of the same values as
    /// <see cref="Contains"/>.
    /// </summary>
    Matches,
}
