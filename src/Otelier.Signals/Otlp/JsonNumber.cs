using System.Globalization;

namespace Otelier.Signals.Otlp;

/// <summary>Numbers of the proto3 JSON mapping, which stand bare or in a string and may write a whole number as <c>1e3</c> or <c>5.0</c>.</summary>
internal static class JsonNumber
{
    /// <summary>Above this an exponent only says "too large" or "not whole" (or the number is zero).</summary>
    private const int ExponentMax = 100_000;

    public static bool TryParseInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (!TryParseWhole(text, out var negative, out var magnitude) || magnitude > (negative ? 1UL << 63 : long.MaxValue))
            return false;
        value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    public static bool TryParseUInt64(ReadOnlySpan<byte> text, out ulong value) =>
        TryParseWhole(text, out var negative, out value) && (!negative || value == 0);

    /// <summary>Reads a number, or one of the names <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> when <paramref name="inString"/>.</summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, bool inString, out double value)
    {
        if (inString)
        {
            value = text switch
            {
                _ when text.SequenceEqual("NaN"u8) => double.NaN,
                _ when text.SequenceEqual("Infinity"u8) => double.PositiveInfinity,
                _ when text.SequenceEqual("-Infinity"u8) => double.NegativeInfinity,
                _ => 0,
            };
            if (value != 0)
                return true;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var digitAt = text.StartsWith("-"u8) ? 1 : 0;
        value = 0;
        return digitAt < text.Length && char.IsAsciiDigit((char)text[digitAt])
            && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value)
            // A decimal number outside the range of double is refused rather than turned into infinity.
            && double.IsFinite(value);
    }

    private static bool TryParseWhole(ReadOnlySpan<byte> text, out bool negative, out ulong magnitude)
    {
        negative = text.StartsWith("-"u8);
        magnitude = 0;
        var digits = negative ? text[1..] : text;
        if (digits.IsEmpty)
            return false;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit((char)c))
                return TryParseScientific(digits, out magnitude);
            if (!TryAppend(ref magnitude, c))
                return false;
        }

        return true;
    }

    private static bool TryParseScientific(ReadOnlySpan<byte> text, out ulong magnitude)
    {
        magnitude = 0;
        var mantissa = text;
        var exponent = 0;
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        if (mark >= 0)
        {
            mantissa = text[..mark];
            if (!TryParseExponent(text[(mark + 1)..], out exponent))
                return false;
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? default : mantissa[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty))
            return false;

        // Digits before wholeDigits belong to the whole part once the exponent has moved the point; those after it must be zero.
        var wholeDigits = whole.Length + exponent;
        return TryAppendAll(whole, wholeDigits, ref magnitude)
            && TryAppendAll(fraction, wholeDigits - whole.Length, ref magnitude)
            && TryAppendZeros(wholeDigits - whole.Length - fraction.Length, ref magnitude);
    }

    private static bool TryAppendAll(ReadOnlySpan<byte> digits, int wholeDigits, ref ulong magnitude)
    {
        for (var i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit((char)digits[i]))
                return false;
            if (i < wholeDigits ? !TryAppend(ref magnitude, digits[i]) : digits[i] != '0')
                return false;
        }

        return true;
    }

    private static bool TryAppendZeros(int count, ref ulong magnitude)
    {
        // Ends after at most 20 rounds, by overflow.
        for (; count > 0 && magnitude != 0; count--)
        {
            if (!TryAppend(ref magnitude, (byte)'0'))
                return false;
        }

        return true;
    }

    private static bool TryAppend(ref ulong magnitude, byte digit)
    {
        var add = (ulong)(digit - '0');
        if (magnitude > (ulong.MaxValue - add) / 10)
            return false;
        magnitude = (magnitude * 10) + add;
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var negative = text.StartsWith("-"u8);
        var digits = negative || text.StartsWith("+"u8) ? text[1..] : text;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit((char)c))
                return false;
            exponent = Math.Min((exponent * 10) + (c - '0'), ExponentMax);
        }

        if (negative)
            exponent = -exponent;
        return !digits.IsEmpty;
    }
}
