using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;

namespace Otelier.Server.Http;

/// <summary>
/// Reads a search's query string into typed values. What is wrong is collected and answered with 422: a parameter that is not known or
/// cannot be read is never passed over.
/// </summary>
internal sealed class QueryParameters
{
    /// <summary>What an attribute's key stands behind: <c>attr.http.route=/cart</c>.</summary>
    public const string AttributePrefix = "attr.";

    /// <summary>Most values of one request.</summary>
    public const int ValuesMax = 100;

    private static readonly string[] Common = ["start", "end"];

    private readonly IQueryCollection _query;
    private readonly ulong _now;
    private readonly List<string> _problems = [];
    private readonly List<Filter> _terms = [];

    /// <param name="query">The query string.</param>
    /// <param name="now">The time now, in nanoseconds since 1970.</param>
    /// <param name="allowed">The parameters beside the range; <see cref="AttributePrefix"/> among them allows attributes.</param>
    public QueryParameters(IQueryCollection query, ulong now, params IReadOnlyList<string> allowed)
    {
        _query = query;
        _now = now;
        if (query.Sum(parameter => parameter.Value.Count) > ValuesMax)
            _problems.Add($"There are more than {ValuesMax} parameters.");
        foreach (var name in query.Keys)
        {
            var isAttribute = name.StartsWith(AttributePrefix, StringComparison.Ordinal) && name.Length > AttributePrefix.Length;
            if (!Common.Contains(name) && !allowed.Contains(isAttribute ? AttributePrefix : name))
            {
                var names = Common.Concat(allowed.Select(a => a == AttributePrefix ? "attr.<key>" : a));
                _problems.Add($"There is no parameter '{name}'. Allowed: {string.Join(", ", names)}.");
            }
        }

        Range = ReadRange();
        Limit = ReadLimit();
        IsOtlp = Single("format") is { } format && (format == "otlp" || Refuse("format", format, "'otlp'"));
    }

    public TimeRange Range { get; }

    public int Limit { get; }

    /// <summary>Whether OTLP was asked for instead of the API's own JSON.</summary>
    public bool IsOtlp { get; }

    public string? Cursor => Single("cursor");

    /// <summary>Everything that was asked for so far, as one filter.</summary>
    public Filter? Filter => Filter.All(_terms);

    /// <summary>What is wrong with the request, or <see langword="null"/>.</summary>
    public ProblemHttpResult? Problem => _problems.Count == 0 ? null : Problems.Unprocessable(string.Join(' ', _problems));

    /// <summary>A parameter that may stand once.</summary>
    public string? Single(string name)
    {
        if (!_query.TryGetValue(name, out var values) || values.Count == 0)
            return null;
        if (values.Count > 1)
            _problems.Add($"'{name}' is given more than once.");
        return values[0] ?? "";
    }

    /// <summary>The field is one of the parameter's values, which may stand several times.</summary>
    public QueryParameters AnyOf(string name, IntrinsicField field)
    {
        if (_query.TryGetValue(name, out var values) && values.Count > 0)
            _terms.Add(new Filter.In(new FilterField.Intrinsic(field), [.. values.Select(value => new FilterValue.Text(value ?? ""))]));
        return this;
    }

    /// <summary>The field is one of some words.</summary>
    public QueryParameters Word(string name, IntrinsicField field, params string[] words)
    {
        if (Single(name) is { } value && (words.Contains(value) || Refuse(name, value, $"one of {string.Join(", ", words)}")))
            Add(field, FilterOperator.Equal, new FilterValue.Text(value));
        return this;
    }

    /// <summary>The field is an id of so many hexadecimal digits, in either case.</summary>
    public QueryParameters Id(string name, IntrinsicField field, int digits)
    {
        if (Single(name) is { } value
            && ((value.Length == digits && value.All(char.IsAsciiHexDigit)) || Refuse(name, value, $"{digits} hexadecimal digits")))
        {
            Add(field, FilterOperator.Equal, new FilterValue.Text(value.ToLowerInvariant()));
        }

        return this;
    }

    /// <summary>The field has the parameter's text somewhere in it.</summary>
    public QueryParameters Contains(string name, IntrinsicField field)
    {
        if (Single(name) is { Length: > 0 } value)
            Add(field, FilterOperator.Contains, new FilterValue.Text(value));
        return this;
    }

    /// <summary>The field, in nanoseconds, is compared with a length of time.</summary>
    public QueryParameters Duration(string name, IntrinsicField field, FilterOperator op)
    {
        if (Single(name) is { } value
            && (TimeText.TryParseDuration(value, out var nanos) || Refuse(name, value, "a length of time such as 250ms, 1.5s or a number of nanoseconds")))
        {
            Add(field, op, new FilterValue.Integer((long)nanos));
        }

        return this;
    }

    /// <summary>The severity is at least so high, as a number from 1 to 24 or a word.</summary>
    public QueryParameters Severity(string name)
    {
        if (Single(name) is not { } value)
            return this;
        string[] words = ["trace", "debug", "info", "warn", "error", "fatal"];
        var word = Array.IndexOf(words, value.ToLowerInvariant());
        var number = word >= 0 ? (word * 4) + 1 : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 0 and <= 24 ? n : -1;
        if (number >= 0 || Refuse(name, value, $"a number from 0 to 24 or one of {string.Join(", ", words)}"))
            Add(IntrinsicField.SeverityNumber, FilterOperator.GreaterOrEqual, new FilterValue.Integer(number));
        return this;
    }

    /// <summary>
    /// Every <c>attr.key=value</c>: on the item or its resource, equal to the value. A number compares with numbers, in quotes with
    /// texts; <c>true</c> and <c>false</c> with booleans and texts.
    /// </summary>
    public QueryParameters Attributes()
    {
        foreach (var (name, values) in _query)
        {
            if (!name.StartsWith(AttributePrefix, StringComparison.Ordinal))
                continue;
            var field = new FilterField.Attribute(AttributeScope.Any, name[AttributePrefix.Length..]);
            foreach (var value in values)
                _terms.Add(new Filter.In(field, ValuesOf(value ?? "")));
        }

        return this;
    }

    /// <summary>The filter, as <c>q</c> in the text form and as <c>filter</c> in the structured one; all conditions must hold.</summary>
    /// <param name="signal">Whose fields may stand in it.</param>
    /// <param name="structured">The structured form, or none.</param>
    public QueryParameters Filtered(Signal signal, JsonElement? structured = null)
    {
        if (Single("q") is { } text)
            Add("q", FilterText.TryParse(text, signal, out var filter, out var error), filter, error);
        if (structured is { } group)
            Add(SearchForm.FilterName, FilterJson.TryRead(group, signal, out var filter, out var error), filter, error);
        return this;
    }

    /// <summary>One of some words, of which the first is meant where the parameter is missing; its place among them.</summary>
    public int Choice(string name, params IReadOnlyList<string> words)
    {
        if (Single(name) is not { } word)
            return 0;
        var place = words.ToList().IndexOf(word);
        if (place < 0)
            Refuse(name, word, $"one of {string.Join(", ", words)}");
        return Math.Max(place, 0);
    }

    /// <summary>Whether the parameter is <c>true</c>.</summary>
    public bool Flag(string name) => Single(name) is { } value && (value == "true" || (value != "false" && Refuse(name, value, "true or false")));

    private void Add(string name, bool isRead, Filter? filter, FilterError? error)
    {
        if (!isRead)
            _problems.Add($"'{name}': {error!.Message}.");
        else if (filter is not null)
            _terms.Add(filter);
    }

    private static FilterValue[] ValuesOf(string text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
            return [new FilterValue.Text(text[1..^1])];
        if (text is "true" or "false")
            return [new FilterValue.Boolean(text == "true"), new FilterValue.Text(text)];
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return [new FilterValue.Integer(whole)];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return [new FilterValue.Number(number)];
        return [new FilterValue.Text(text)];
    }

    private void Add(IntrinsicField field, FilterOperator op, FilterValue value) =>
        _terms.Add(new Filter.Comparison(new FilterField.Intrinsic(field), op, value));

    private TimeRange ReadRange()
    {
        var end = ReadTime("end", _now);
        var start = ReadTime("start", end - Math.Min(end, Nanos(SearchLimits.RangeDefault)));
        if (start >= end)
            _problems.Add("'start' is not before 'end'.");
        else if (end - start > Nanos(SearchLimits.RangeMax))
            _problems.Add($"The range is longer than {SearchLimits.RangeMax.TotalDays} days.");
        return new TimeRange(start, end);
    }

    private ulong ReadTime(string name, ulong otherwise)
    {
        if (Single(name) is not { } text)
            return otherwise;
        if (!TimeText.TryParseTime(text, _now, out var time))
            Refuse(name, text, "a time: RFC 3339, unix seconds, milliseconds, microseconds or nanoseconds, now, or relative such as -15m");
        return time;
    }

    private int ReadLimit()
    {
        if (Single("limit") is not { } text)
            return SearchLimits.PageRowsDefault;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > SearchLimits.PageRowsMax)
            Refuse("limit", text, $"a number from 1 to {SearchLimits.PageRowsMax}");
        return limit;
    }

    private bool Refuse(string name, string value, string expected)
    {
        const int QuotedMax = 100;
        _problems.Add($"'{name}' is '{(value.Length > QuotedMax ? value[..QuotedMax] : value)}'; expected {expected}.");
        return false;
    }

    private static ulong Nanos(TimeSpan span) => (ulong)span.Ticks * 100;
}
