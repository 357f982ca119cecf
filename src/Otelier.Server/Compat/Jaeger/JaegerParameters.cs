using System.Globalization;
using Otelier.Server.Http;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>
/// Reads the query string of a request to Jaeger's API. Unlike our own API it passes over parameters it does not know, because Jaeger does
/// and its clients rely on it; a value that cannot be read is a problem.
/// </summary>
internal sealed class JaegerParameters(IQueryCollection query)
{
    /// <summary>What is wrong with the request, the first of all things; or <see langword="null"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>The first of the names that stands there with a value; a name may have been spelled differently over the years.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (query.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[0]))
                return values[0];
        }

        return null;
    }

    public IReadOnlyList<string> Texts(string name) => query.TryGetValue(name, out var values) ? [.. values.OfType<string>().Where(value => value.Length > 0)] : [];

    /// <summary>A point in time, given as a number of units since 1970.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="unitNanos">The unit, in nanoseconds.</param>
    public ulong? UnixTime(string name, ulong unitNanos)
    {
        if (Text(name) is not { } text)
            return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units <= long.MaxValue / unitNanos)
            return units * unitNanos;
        return Refuse(name, text, "a whole number");
    }

    /// <summary>A point in time as RFC 3339. Grafana sends it unescaped, so that the plus of a time zone arrives as a space.</summary>
    public ulong? Time(params ReadOnlySpan<string> names)
    {
        if (Text(names) is not { } text)
            return null;
        if (text.Contains('T', StringComparison.Ordinal) && TimeText.TryParseTime(text.Replace(' ', '+'), 0, out var time))
            return time;
        return Refuse(names[0], text, "a time as RFC 3339");
    }

    /// <summary>A length of time, as Go writes it: <c>1.5s</c>, <c>1h30m</c>. In nanoseconds.</summary>
    public ulong? Duration(params ReadOnlySpan<string> names)
    {
        if (Text(names) is not { } text)
            return null;
        var nanos = 0UL;
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            // A part ends where the next number begins.
            if (i < text.Length && !(IsNumber(text[i]) && !IsNumber(text[i - 1])))
                continue;
            var part = text[start..i];
            if (IsNumber(part[^1]) || !TimeText.TryParseDuration(part, out var length))
                return Refuse(names[0], text, "a length of time such as 100ms or 1.5s");
            nanos = Math.Min(nanos + length, long.MaxValue);
            start = i;
        }

        return nanos;

        static bool IsNumber(char c) => char.IsAsciiDigit(c) || c == '.';
    }

    /// <summary>How many traces are asked for, no more than may be given.</summary>
    public int Limit(params ReadOnlySpan<string> names)
    {
        if (Text(names) is not { } text)
            return JaegerLimits.TracesDefault;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0)
            return Math.Min(limit, JaegerLimits.TracesMax);
        Refuse(names[0], text, "a whole number above 0");
        return 0;
    }

    public void Refuse(string problem) => Problem ??= problem;

    private ulong? Refuse(string name, string value, string expected)
    {
        const int QuotedMax = 100;
        Refuse($"unable to parse param '{name}': '{(value.Length > QuotedMax ? value[..QuotedMax] : value)}' is not {expected}");
        return null;
    }
}
