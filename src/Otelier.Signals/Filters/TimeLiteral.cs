using System.Globalization;

namespace Otelier.Signals.Filters;

/// <summary>Reads points in time, lengths of time and sizes as people and programs write them.</summary>
public static class TimeLiteral
{
    private const int DigitsMax = 20;

    private static readonly (string Suffix, decimal Nanos)[] Durations =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
        ("d", 86_400_000_000_000), ("w", 604_800_000_000_000),
    ];

    private static readonly (string Suffix, decimal Bytes)[] Sizes =
    [
        ("B", 1), ("KB", 1e3m), ("kB", 1e3m), ("MB", 1e6m), ("GB", 1e9m), ("TB", 1e12m),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    /// <summary>Unix seconds, milliseconds, microseconds or nanoseconds, told apart by their count of digits; in nanoseconds.</summary>
    public static bool TryParseUnix(string text, out ulong unixNano)
    {
        unixNano = 0;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        // Each unit covers the years 1973 to 5138 in its own count of digits.
        var factor = text.Length switch { <= 11 => TimeRange.SecondNanos, <= 14 => 1_000_000UL, <= 17 => 1_000UL, _ => 1UL };
        if (number > long.MaxValue / factor)
            return false;
        unixNano = number * factor;
        return true;
    }

    /// <summary>RFC 3339 with up to nine decimals, or a date; from 1970 to 2261, in nanoseconds since 1970.</summary>
    public static bool TryParseDate(string text, out ulong unixNano)
    {
        unixNano = 0;
        // The framework knows seven decimals; they are read here and the rest is read without them.
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = 0UL;
        if (dot > 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - dot is < 2 or > 10)
                return false;
            fraction = ulong.Parse(text[(dot + 1)..end].PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[..dot] + text[end..];
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];
        if (!DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            || date < DateTimeOffset.UnixEpoch || date.Year > 2261)
        {
            return false;
        }

        unixNano = ((ulong)(date.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100) + fraction;
        return true;
    }

    /// <summary>Reads <c>250ms</c>, <c>1.5s</c>, <c>2h</c>, or a plain number of nanoseconds.</summary>
    public static bool TryParseDuration(string text, out ulong nanos)
    {
        if (TryParse(text, Durations, out var number) || TryParseDecimal(text, 1, out number))
        {
            nanos = (ulong)number;
            return true;
        }

        nanos = 0;
        return false;
    }

    /// <summary>Reads a length of time or a size with its unit, as whole nanoseconds or bytes: <c>250ms</c>, <c>10KB</c>, <c>5MiB</c>.</summary>
    internal static bool TryParseQuantity(string text, out long number, out bool isDuration)
    {
        isDuration = TryParse(text, Durations, out var amount);
        number = 0;
        if (!isDuration && !TryParse(text, Sizes, out amount))
            return false;
        number = (long)amount;
        return true;
    }

    /// <summary>Writes nanoseconds in the largest unit in which they are whole.</summary>
    internal static string FormatDuration(long nanos)
    {
        if (nanos > 0)
        {
            foreach (var (suffix, factor) in Durations.Reverse())
            {
                if (nanos % (long)factor == 0)
                    return string.Create(CultureInfo.InvariantCulture, $"{nanos / (long)factor}{suffix}");
            }
        }

        return nanos.ToString(CultureInfo.InvariantCulture);
    }

    private static bool TryParse(string text, (string Suffix, decimal Factor)[] units, out decimal number)
    {
        number = 0;
        foreach (var (suffix, factor) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && text.Length > suffix.Length && char.IsAsciiDigit(text[^(suffix.Length + 1)]))
                return TryParseDecimal(text[..^suffix.Length], factor, out number);
        }

        return false;
    }

    private static bool TryParseDecimal(string digits, decimal factor, out decimal number)
    {
        number = 0;
        if (digits.Length > DigitsMax
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count > long.MaxValue / factor)
        {
            return false;
        }

        number = count * factor;
        return true;
    }
}
