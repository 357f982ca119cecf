using System.Globalization;

namespace Otelier.Server.Http;

/// <summary>Reads points in time and lengths of time as people and programs write them in a query.</summary>
internal static class TimeText
{
    private const ulong Nanos = 1_000_000_000;

    private static readonly (string Suffix, decimal Nanos)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
        ("d", 86_400_000_000_000), ("w", 604_800_000_000_000),
    ];

    /// <summary>
    /// Reads RFC 3339 with up to nine decimals; unix seconds, milliseconds, microseconds or nanoseconds, told apart by their size;
    /// <c>now</c>; or a length of time before or after now, such as <c>-15m</c>.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="nowUnixNano">The time now, in nanoseconds since 1970.</param>
    /// <param name="unixNano">The point in time, in nanoseconds since 1970.</param>
    public static bool TryParseTime(string text, ulong nowUnixNano, out ulong unixNano)
    {
        unixNano = nowUnixNano;
        if (text == "now")
            return true;
        if (text.Length > 1 && text[0] is '-' or '+')
        {
            if (!TryParseDuration(text[1..], out var length))
                return false;
            unixNano = text[0] == '-' ? nowUnixNano - Math.Min(length, nowUnixNano) : nowUnixNano + length;
            return true;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // Each unit covers the years 1973 to 5138 in its own count of digits.
            var factor = text.Length switch { <= 11 => Nanos, <= 14 => 1_000_000UL, <= 17 => 1_000UL, _ => 1UL };
            unixNano = number * factor;
            return number <= long.MaxValue / factor;
        }

        return TryParseDate(text, out unixNano);
    }

    /// <summary>Reads <c>250ms</c>, <c>1.5s</c>, <c>2h</c>, or a plain number of nanoseconds.</summary>
    public static bool TryParseDuration(string text, out ulong nanos)
    {
        nanos = 0;
        var (digits, factor) = (text, 1m);
        foreach (var unit in Units)
        {
            if (!text.EndsWith(unit.Suffix, StringComparison.Ordinal) || text.Length == unit.Suffix.Length || !char.IsAsciiDigit(text[^(unit.Suffix.Length + 1)]))
                continue;
            (digits, factor) = (text[..^unit.Suffix.Length], unit.Nanos);
            break;
        }

        const int DigitsMax = 20;
        if (digits.Length > DigitsMax
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * factor > long.MaxValue)
        {
            return false;
        }

        nanos = (ulong)(number * factor);
        return true;
    }

    /// <summary>Now, in nanoseconds since 1970.</summary>
    public static ulong UnixNano(this TimeProvider time) => UnixNano(time.GetUtcNow());

    private static ulong UnixNano(DateTimeOffset time) => (ulong)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    private static bool TryParseDate(string text, out ulong unixNano)
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

        unixNano = UnixNano(date) + fraction;
        return true;
    }
}
