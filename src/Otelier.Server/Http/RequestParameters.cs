using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Signals;
using Otelier.Signals.Filters;

namespace Otelier.Server.Http;

/// <summary>
/// Reads the parameters of a question that is no search: range and filter as in a search, the rest by rules of its own. What is wrong is
/// collected and answered with 422.
/// </summary>
internal sealed class RequestParameters
{
    private static readonly string[] OfRows = ["start", "end", "q"];

    private readonly SearchForm _form;
    private readonly ulong _now;
    private readonly string _path;
    private readonly List<string> _problems;

    /// <param name="form">What was asked for.</param>
    /// <param name="now">The time now, in nanoseconds since 1970.</param>
    /// <param name="allowed">The parameters beside range and filter.</param>
    public RequestParameters(SearchForm form, ulong now, params IReadOnlyList<string> allowed)
        : this(form, now, "", [], allowed)
    {
    }

    private RequestParameters(SearchForm form, ulong now, string path, List<string> problems, IReadOnlyList<string> allowed)
    {
        _form = form;
        _now = now;
        _path = path;
        _problems = problems;
        foreach (var name in form.Parameters.Keys.Concat(form.Parts.Keys).Except(OfRows).Except(allowed))
            problems.Add($"There is no parameter '{path}{name}'. Allowed: {string.Join(", ", OfRows.Concat(allowed))}.");
    }

    /// <summary>What is wrong with the request, or <see langword="null"/>.</summary>
    public ProblemHttpResult? Problem => _problems.Count == 0 ? null : Problems.Unprocessable(string.Join(' ', _problems));

    /// <summary>Which rows are meant: their range of time, which has its defaults, and the filter, <see langword="null"/> where there is none.</summary>
    public (TimeRange Range, Filter? Filter) ReadRows(Signal signal)
    {
        var ofRows = _form.Parameters.Where(parameter => OfRows.Contains(parameter.Key)).ToDictionary(parameter => parameter.Key, parameter => parameter.Value);
        var search = new QueryParameters(new QueryCollection(ofRows), _now, "q").Filtered(signal, _form.Filter);
        if (search.Problem is { ProblemDetails.Detail: { } detail })
            _problems.Add(_path.Length == 0 ? detail : $"In {_path.TrimEnd('.')}: {detail}");
        return (search.Range, search.Filter);
    }

    /// <summary>The parameters within a member that is a form itself, or <see langword="null"/> where there is none. Its problems are collected here.</summary>
    public RequestParameters? Part(string name)
    {
        if (_form.Parts.TryGetValue(name, out var part))
            return new RequestParameters(part, _now, $"{_path}{name}.", _problems, []);
        if (Single(name) is { } text)
            Refuse(name, text, "an object");
        return null;
    }

    /// <summary>A parameter that may stand once.</summary>
    public string? Single(string name)
    {
        if (!_form.Parameters.TryGetValue(name, out var values) || values.Count == 0)
            return null;
        if (values.Count > 1)
            _problems.Add($"'{_path}{name}' is given more than once.");
        return values[0] ?? "";
    }

    /// <summary>A parameter that may stand several times; none where it is missing.</summary>
    public IReadOnlyList<string> List(string name, int countMax)
    {
        if (!_form.Parameters.TryGetValue(name, out var values))
            return [];
        if (values.Count > countMax)
            _problems.Add($"'{_path}{name}' is given more than {countMax} times.");
        return [.. values.Take(countMax).Select(value => value ?? "")];
    }

    /// <summary>A whole number.</summary>
    public int Whole(string name, int otherwise, int min, int max)
    {
        if (Single(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Refuse(name, text, $"a number from {min} to {max}");
        return otherwise;
    }

    /// <summary>One of some words, the first of which is taken where none is given.</summary>
    public string Word(string name, params IReadOnlyList<string> words)
    {
        if (Single(name) is not { } text)
            return words[0];
        if (words.Contains(text))
            return text;
        Refuse(name, text, $"one of {string.Join(", ", words)}");
        return words[0];
    }

    /// <summary>Says that a parameter cannot be understood.</summary>
    public void Refuse(string name, string value, string expected)
    {
        const int QuotedMax = 100;
        _problems.Add($"'{_path}{name}' is '{(value.Length > QuotedMax ? value[..QuotedMax] : value)}'; expected {expected}.");
    }

    /// <summary>Says that something is wrong.</summary>
    public void Refuse(string problem) => _problems.Add(problem);
}
