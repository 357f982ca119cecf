using System.Globalization;
using System.Text;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Attributes;

/// <summary>
/// One value of an attribute map or a log body, as it is stored: a letter for its kind, a text, and for arrays and kvlists the
/// signature of what they hold. A view of its owner's memory.
/// </summary>
/// <param name="letter">The value's kind.</param>
/// <param name="text">UTF-8; what it holds depends on the kind (see <see cref="Otlp.AnyValueText"/>).</param>
/// <param name="nestedSignature">Of an array or a kvlist the kinds of its elements; empty for the rest.</param>
public readonly ref struct AttributeValue(AttributeLetter letter, ReadOnlySpan<byte> text, ReadOnlySpan<byte> nestedSignature)
{
    public AttributeLetter Letter { get; } = letter;

    public ReadOnlySpan<byte> Text { get; } = text;

    public ReadOnlySpan<byte> NestedSignature { get; } = nestedSignature;

    /// <summary>The value if it was sent as a text.</summary>
    public bool TryGetText(out string value)
    {
        value = Letter == AttributeLetter.String ? Encoding.UTF8.GetString(Text) : "";
        return Letter == AttributeLetter.String;
    }

    /// <summary>The value if it was sent as an integer.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return Letter == AttributeLetter.Int && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The value if it was sent as a double or an integer.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Letter is AttributeLetter.Double or AttributeLetter.Int
            && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The value if it was sent as a boolean.</summary>
    public bool TryGetBool(out bool value)
    {
        value = Text.SequenceEqual("true"u8);
        return Letter == AttributeLetter.Bool;
    }

    /// <summary>The stored text as characters, whatever the kind.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Text);
}
