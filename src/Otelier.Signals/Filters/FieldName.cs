using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Otelier.Signals.Filters;

/// <summary>
/// Reads and writes the names of fields: <c>duration</c>, <c>http.route</c> (on the item, or else on its resource), <c>resource.host.name</c>,
/// <c>events.exception.type</c>, <c>attributes."my key"</c>, <c>`my key`</c>.
/// </summary>
public static class FieldName
{
    private static readonly (string Prefix, AttributeScope Scope, Signal? Signal)[] Scopes =
    [
        ("attributes.", AttributeScope.Item, null),
        ("resource.", AttributeScope.Resource, null),
        ("scope.", AttributeScope.Scope, null),
        ("span.", AttributeScope.Item, Signal.Traces),
        ("log.", AttributeScope.Item, Signal.Logs),
        ("labels.", AttributeScope.Item, Signal.Metrics),
        // Not "event.", by which keys of attributes begin.
        ("events.", AttributeScope.Event, Signal.Traces),
        ("links.", AttributeScope.Link, Signal.Traces),
    ];

    /// <summary>Reads a name that stands by itself: in JSON, in a parameter. A key may hold anything; quotes are needed only where it would be taken for something else.</summary>
    /// <param name="signal">Whose fields.</param>
    /// <param name="name">The name.</param>
    /// <param name="field">The field.</param>
    /// <param name="problem">What is wrong, as a clause without a full stop.</param>
    public static bool TryParse(Signal signal, string name, [NotNullWhen(true)] out FilterField? field, [NotNullWhen(false)] out string? problem)
    {
        var scanner = new FilterScanner(name);
        if (name.IndexOfAny(['"', '`']) >= 0 && scanner.Next() is { Kind: FilterTokenKind.Word, QuotedFrom: >= 0 } token && scanner.Next().Kind == FilterTokenKind.End)
            return TryResolve(signal, token.Text, token.QuotedFrom, out field, out problem);
        return TryResolve(signal, name, quotedFrom: -1, out field, out problem);
    }

    /// <summary>Writes the name so that reading it gives the field again, in the text form and elsewhere.</summary>
    public static string Format(FilterField field) => field switch
    {
        FilterField.Intrinsic intrinsic => FieldRegistry.Of(intrinsic.Name).Name,
        FilterField.Attribute { Scope: AttributeScope.Any } any => IsPlainAny(any.Key) ? any.Key : Quote(any.Key, '`'),
        FilterField.Attribute attribute => PrefixOf(attribute.Scope) is var prefix && IsPlain(attribute.Key) && !FieldRegistry.IsTaken(prefix + attribute.Key)
            ? prefix + attribute.Key
            : prefix + Quote(attribute.Key, '"'),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    /// <param name="signal">Whose fields.</param>
    /// <param name="path">The name without quotes.</param>
    /// <param name="quotedFrom">Where in it the first quotes stood, or -1.</param>
    /// <param name="field">The field.</param>
    /// <param name="problem">What is wrong.</param>
    internal static bool TryResolve(
        Signal signal, string path, int quotedFrom, [NotNullWhen(true)] out FilterField? field, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        field = ResolveKnown(signal, path, quotedFrom);
        if (field is FilterField.Attribute { Key.Length: 0 })
            field = null;
        if (field is not null)
            return true;
        var names = string.Join(", ", FieldRegistry.Of(signal).Select(definition => definition.Name));
        var shown = path.Length is 0 or > 60 ? "key" : path;
        problem = $"expected one of {names}, or an attribute's key with a dot in it, such as http.route, or with its place, such as attributes.{shown} or resource.{shown}";
        return false;
    }

    /// <summary>A text in quotes, as the tokenizer reads it.</summary>
    internal static string Quote(string text, char quote)
    {
        var quoted = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\0' => quoted.Append("\\0"),
                _ when c == quote => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }

    private static FilterField? ResolveKnown(Signal signal, string path, int quotedFrom)
    {
        if (quotedFrom == 0)
            return new FilterField.Attribute(AttributeScope.Any, path);
        if (quotedFrom < 0 && FieldRegistry.Find(signal, path) is { } definition)
            return new FilterField.Intrinsic(definition.Field);
        foreach (var (prefix, scope, only) in Scopes)
        {
            if ((only is null || only == signal) && path.StartsWith(prefix, StringComparison.Ordinal) && (quotedFrom < 0 || quotedFrom >= prefix.Length))
                return new FilterField.Attribute(scope, path[prefix.Length..]);
        }

        return path.Contains('.', StringComparison.Ordinal) ? new FilterField.Attribute(AttributeScope.Any, path) : null;
    }

    private static string PrefixOf(AttributeScope scope) => scope switch
    {
        AttributeScope.Resource => "resource.",
        AttributeScope.Scope => "scope.",
        AttributeScope.Event => "events.",
        AttributeScope.Link => "links.",
        _ => "attributes.",
    };

    private static bool IsPlainAny(string key) =>
        IsPlain(key) && key.Contains('.', StringComparison.Ordinal) && !FieldRegistry.IsTaken(key)
        && !Scopes.Any(scope => key.StartsWith(scope.Prefix, StringComparison.Ordinal));

    private static bool IsPlain(string key) =>
        key.Length > 0 && (char.IsAsciiLetter(key[0]) || key[0] == '_') && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ':');
}
