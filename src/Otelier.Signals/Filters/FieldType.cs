namespace Otelier.Signals.Filters;

/// <summary>What kind of values a field has, and so which operators and literals it takes.</summary>
public enum FieldType
{
    /// <summary>An attribute: any kind of value, which says itself what it is.</summary>
    Any,

    Text,
    Number,

    /// <summary>A number of nanoseconds, written as <c>250ms</c> or plain.</summary>
    Duration,

    /// <summary>A point in time, written as RFC 3339 or as a unix time.</summary>
    Time,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>1 to 24, or a word that stands for four of those numbers.</summary>
    Severity,

    Boolean,

    /// <summary>Lower-case hexadecimal digits.</summary>
    Id,
}
