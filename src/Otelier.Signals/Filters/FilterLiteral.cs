using System.Globalization;

namespace Otelier.Signals.Filters;

/// <summary>A value as it was written, before the field decides what it means.</summary>
/// <param name="Text">The characters, without quotes.</param>
/// <param name="IsQuoted">Whether it was marked as a text.</param>
/// <param name="Position">Where in the text form it begins, from 1; 0 in the structured form.</param>
internal readonly record struct FilterLiteral(string Text, bool IsQuoted, int Position)
{
    /// <summary>What it means to an attribute, or any field that says of each value itself what it is.</summary>
    public FilterValue AsAny()
    {
        if (IsQuoted)
            return new FilterValue.Text(Text);
        if (Text is "true" or "false")
            return new FilterValue.Boolean(Text == "true");
        return AsNumber() ?? (TimeLiteral.TryParseQuantity(Text, out var amount, out _) ? new FilterValue.Integer(amount) : new FilterValue.Text(Text));
    }

    /// <summary>The number it is, or <see langword="null"/>.</summary>
    public FilterValue? AsNumber()
    {
        if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return new FilterValue.Integer(whole);
        return Text.Length > 0 && IsNumeric(Text[^1]) && IsNumeric(Text[0])
            && double.TryParse(Text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? new FilterValue.Number(number)
                : null;
    }

    private static bool IsNumeric(char c) => char.IsAsciiDigit(c) || c is '.' or '-' or '+';
}
