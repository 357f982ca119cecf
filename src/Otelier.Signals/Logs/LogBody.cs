using Otelier.Signals.Attributes;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Logs;

/// <summary>The body of a log record, a value of any kind. Immutable.</summary>
public sealed class LogBody
{
    private readonly byte[] _text;
    private readonly byte[] _nestedSignature;
    private readonly AttributeLetter _letter;

    private LogBody(AttributeLetter letter, byte[] text, byte[] nestedSignature)
    {
        _letter = letter;
        _text = text;
        _nestedSignature = nestedSignature;
    }

    public AttributeValue Value => new(_letter, _text, _nestedSignature);

    /// <summary>Makes a body from what is stored.</summary>
    /// <param name="text">The value's text.</param>
    /// <param name="signature">The letter, then of an array or a kvlist a colon and its signature; empty for "no body".</param>
    public static LogBody? Create(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.IsEmpty
            ? null
            : new LogBody((AttributeLetter)signature[0], text.ToArray(), signature.Length > 2 ? signature[2..].ToArray() : []);
}
