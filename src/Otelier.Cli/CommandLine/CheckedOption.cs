using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Otelier.Cli.Export;

namespace Otelier.Cli.CommandLine;

/// <summary>
/// An option whose default is described in its own words: the library would print a TimeSpan or an enumeration as .NET does.
/// </summary>
internal sealed class InitialOption<T>(string name) : Option<T>(name)
{
    public required T Initial { get; init; }
}

/// <summary>Options whose values are checked while they are parsed, so that a bad one is one line and exit code 2.</summary>
internal static class CheckedOption
{
    public static Option<Uri?> HttpUrl(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "url",
        CustomParser = result => Parse(result, text =>
            Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? (url, null)
                : ((Uri?)null, "is not an http:// or https:// address")),
    };

    public static InitialOption<TimeSpan> Duration(string name, string description, string initial, TimeSpan min, TimeSpan max) => new(name)
    {
        Description = $"{description} [default: {initial}]",
        HelpName = "duration",
        Initial = DurationText.Parse(initial)!.Value,
        CustomParser = result => Parse(result, text => DurationText.Parse(text) switch
        {
            null => (TimeSpan.Zero, "is not a duration such as 30s, 5m or 1h"),
            { } d when d < min || d > max => (TimeSpan.Zero, $"must be from {DurationText.Format(min)} to {DurationText.Format(max)}"),
            { } d => (d, null),
        }),
    };

    public static InitialOption<int> Whole(string name, string description, int initial, int min, int max) => new(name)
    {
        Description = $"{description} [default: {initial}]",
        HelpName = "n",
        Initial = initial,
        CustomParser = result => Parse(result, text =>
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n >= min && n <= max
                ? (n, null)
                : (0, $"must be a whole number from {min} to {max}")),
    };

    public static InitialOption<double> Number(string name, string description, double initial, double min, double max) => new(name)
    {
        Description = $"{description} [default: {initial}]",
        HelpName = "n",
        Initial = initial,
        CustomParser = result => Parse(result, text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= min && n <= max
                ? (n, null)
                : (0.0, $"must be a number from {min} to {max}")),
    };

    /// <summary>Up to 16 hexadecimal digits.</summary>
    public static Option<ulong?> Hexadecimal(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "hex",
        CustomParser = result => Parse(result, text =>
            ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var n)
                ? (n, null)
                : ((ulong?)null, "must be up to 16 hexadecimal digits")),
    };

    /// <summary>One of a few words, each standing for a value.</summary>
    public static InitialOption<T> Choice<T>(string name, string description, T initial, params (string Word, T Value)[] choices)
    {
        var words = string.Join('|', choices.Select(c => c.Word));
        return new InitialOption<T>(name)
        {
            Description = $"{description} [default: {choices.First(c => Equals(c.Value, initial)).Word}]",
            HelpName = words,
            Initial = initial,
            CustomParser = result => Parse(result, text =>
            {
                foreach (var choice in choices)
                    if (choice.Word == text)
                        return (choice.Value, null);
                return (initial, $"must be one of {words.Replace("|", ", ", StringComparison.Ordinal)}");
            }),
        };
    }

    /// <summary>The environment variable that a key is taken from where none is given: a command line is seen by others.</summary>
    public const string ApiKeyVariable = "OTELIER_API_KEY";

    public static Option<string?> ApiKey() => new("--key")
    {
        Description = $"API key, where the server requires one [default: the environment's {ApiKeyVariable}]",
        HelpName = "key",
    };

    /// <summary>The key that was given, or the environment's.</summary>
    public static string? ReadKey(this ParseResult result, Option<string?> option) =>
        (result.GetValue(option) ?? Environment.GetEnvironmentVariable(ApiKeyVariable)) is { Length: > 0 } key ? key : null;

    public static InitialOption<OtlpProtocol> Protocol() => Choice(
        "--protocol", "How OTLP travels", OtlpProtocol.HttpProtobuf,
        ("http/protobuf", OtlpProtocol.HttpProtobuf), ("http", OtlpProtocol.HttpProtobuf),
        ("http/json", OtlpProtocol.HttpJson), ("grpc", OtlpProtocol.Grpc));

    /// <summary>What was given, or what the option starts with.</summary>
    public static T Read<T>(this ParseResult result, InitialOption<T> option) =>
        result.GetResult(option) is null ? option.Initial : result.GetRequiredValue(option);

    private static T? Parse<T>(ArgumentResult result, Func<string, (T? Value, string? Fault)> parse)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var (value, fault) = parse(text);
        if (fault is not null)
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} '{text}' {fault}");
        return value;
    }
}
