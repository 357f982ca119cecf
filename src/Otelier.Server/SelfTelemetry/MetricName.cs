using System.Diagnostics.Metrics;

namespace Otelier.Server.SelfTelemetry;

/// <summary>How Prometheus names what OpenTelemetry names: the unit in full at the end, <c>_total</c> on counters.</summary>
internal static class MetricName
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = Sanitize(instrument.Name);
        name = WithSuffix(name, SuffixOf(instrument.Unit, kind));
        return kind == MetricKind.Counter ? WithSuffix(name, "total") : name;
    }

    /// <summary>Replaces what may not stand in a metric or label name.</summary>
    public static string Sanitize(string name)
    {
        var text = string.Create(name.Length, name, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        });
        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }

    private static string WithSuffix(string name, string suffix) =>
        suffix.Length == 0 || name.EndsWith("_" + suffix, StringComparison.Ordinal) ? name : $"{name}_{suffix}";

    private static string SuffixOf(string? unit, MetricKind kind) => unit switch
    {
        null or "" => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "1" => kind == MetricKind.Gauge ? "ratio" : "",
        "%" => "percent",
        // An annotation such as {request} counts things; the name says which.
        _ when unit[0] == '{' => "",
        _ => Sanitize(unit),
    };
}
