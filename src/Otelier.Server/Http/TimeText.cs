using Otelier.Signals.Filters;

namespace Otelier.Server.Http;

/// <summary>Reads points in time and lengths of time as people and programs write them in a query.</summary>
internal static class TimeText
{
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

        return TimeLiteral.TryParseUnix(text, out unixNano) || TimeLiteral.TryParseDate(text, out unixNano);
    }

    /// <summary>Reads <c>250ms</c>, <c>1.5s</c>, <c>2h</c>, or a plain number of nanoseconds.</summary>
    public static bool TryParseDuration(string text, out ulong nanos) => TimeLiteral.TryParseDuration(text, out nanos);

    /// <summary>Now, in nanoseconds since 1970.</summary>
    public static ulong UnixNano(this TimeProvider time) => (ulong)(time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
}
