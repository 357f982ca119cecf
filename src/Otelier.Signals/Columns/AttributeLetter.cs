namespace Otelier.Signals.Columns;

/// <summary>
/// The kind of an attribute's value (OTLP AnyValue), as one letter of a signature. The letters are stored and must not
/// change. A map's signature is one letter per key in key order; then, when a value is an array or a kvlist, a colon and
/// the nested signatures of those values.
/// </summary>
public enum AttributeLetter : byte
{
    String = (byte)'s',
    Int = (byte)'i',
    Double = (byte)'d',
    Bool = (byte)'b',
    Bytes = (byte)'x',
    Array = (byte)'a',
    KeyValueList = (byte)'k',

    /// <summary>An AnyValue in which nothing is set, which OTLP allows and tells from an empty string.</summary>
    Empty = (byte)'n',
}
