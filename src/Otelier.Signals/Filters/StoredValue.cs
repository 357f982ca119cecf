using System.Globalization;
using System.Text;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Filters;

/// <summary>A value as it is stored: its text and what kind it was sent as.</summary>
/// <param name="Utf8">The text.</param>
/// <param name="Letter">The kind; <see langword="null"/> where there is no value.</param>
internal readonly record struct StoredValue(ReadOnlyMemory<byte> Utf8, AttributeLetter? Letter)
{
    private const NumberStyles FloatStyles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] Infinities = ["inf", "infinity"];

    public static StoredValue Of(string text) => new(Encoding.UTF8.GetBytes(text), AttributeLetter.String);

    public bool IsText => Letter == AttributeLetter.String;

    // Base64 may look like a number; the framework passes over zero bytes behind a number.
    private bool MayBeNumber => Letter is not null and not AttributeLetter.Bytes && !Utf8.IsEmpty && Utf8.Span[^1] != 0;

    /// <summary>The whole number its text is, as the engines read it: an optional sign and digits.</summary>
    public bool TryGetInteger(out long number)
    {
        number = 0;
        return MayBeNumber && long.TryParse(Utf8.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number its text is, as the engines read it. Not NaN, with which nothing compares.</summary>
    public bool TryGetNumber(out double number)
    {
        number = 0;
        if (!MayBeNumber)
            return false;
        if (double.TryParse(Utf8.Span, FloatStyles, CultureInfo.InvariantCulture, out number))
            return !double.IsNaN(number);
        var text = Encoding.UTF8.GetString(Utf8.Span);
        if (!Infinities.Contains(text.TrimStart('+', '-'), StringComparer.OrdinalIgnoreCase) || text.LastIndexOfAny(['+', '-']) > 0)
            return false;
        number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }
}
