using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Otelier.Signals.Filters;

namespace Otelier.Signals.Analytics;

/// <summary>Reads aggregates as people write them: <c>count</c>, <c>p95(duration)</c>, <c>quantile(0.9, http.response.body.size)</c>.</summary>
public static class AggregateText
{
    private const string Known = "count, rate, error_rate, sum(f), avg(f), min(f), max(f), p50(f) to p999(f), quantile(0.9, f), distinct(f), top(5, f)";

    /// <summary>Longest text shown again in a message.</summary>
    private const int ShownMax = 60;

    private static readonly Dictionary<string, AggregateFunction> OfRows = new(StringComparer.Ordinal)
    {
        ["count"] = AggregateFunction.Count,
        ["rate"] = AggregateFunction.Rate,
        ["error_rate"] = AggregateFunction.ErrorRate,
    };

    private static readonly Dictionary<string, AggregateFunction> OfField = new(StringComparer.Ordinal)
    {
        ["sum"] = AggregateFunction.Sum,
        ["avg"] = AggregateFunction.Average,
        ["min"] = AggregateFunction.Min,
        ["max"] = AggregateFunction.Max,
        ["distinct"] = AggregateFunction.Distinct,
    };

    /// <summary>Reads one aggregate.</summary>
    /// <param name="signal">Whose fields may stand in it.</param>
    /// <param name="text">What was written.</param>
    /// <param name="aggregate">The aggregate; its name is the text.</param>
    /// <param name="problem">What is wrong and what was expected, as a clause without a full stop.</param>
    public static bool TryParse(
        Signal signal, string text, [NotNullWhen(true)] out Aggregate? aggregate, [NotNullWhen(false)] out string? problem)
    {
        aggregate = null;
        problem = null;
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0 && text[^1] != ')')
        {
            problem = $"'{Shown(text)}' has no closing parenthesis at its end";
            return false;
        }

        var function = (open < 0 ? text : text[..open]).Trim();
        var argument = open < 0 ? "" : text[(open + 1)..^1].Trim();
        if (OfRows.TryGetValue(function, out var ofRows))
        {
            if (argument.Length == 0)
                aggregate = new Aggregate(text, ofRows);
            else
                problem = $"{function} takes no field";
            return problem is null;
        }

        var parsed = ParseFunction(function, ref argument, out problem);
        if (parsed is null)
        {
            problem ??= $"there is no aggregate '{Shown(text)}'; expected one of {Known}";
            return false;
        }

        if (!FieldName.TryParse(signal, argument, out var field, out var fieldProblem))
        {
            problem = $"{function} has no field '{Shown(argument)}': {fieldProblem}";
            return false;
        }

        if (IsNumeric(parsed.Function) && !HasNumbers(field))
        {
            problem = $"{function} needs numbers, which {Shown(argument)} has not";
            return false;
        }

        aggregate = parsed with { Name = text, Field = new NamedField(argument, field) };
        return true;
    }

    /// <summary>The unit of an aggregate's values: <c>ns</c>, <c>1/s</c>, <c>1</c> for counts and shares; empty where it is not known.</summary>
    public static string UnitOf(Aggregate aggregate) => aggregate.Function switch
    {
        AggregateFunction.Rate => "1/s",
        _ when !IsNumeric(aggregate.Function) => "1",
        _ => aggregate.Field is { Field: FilterField.Intrinsic intrinsic } ? FieldRegistry.Of(intrinsic.Name).Unit ?? "" : "",
    };

    /// <summary>The function with its own argument, which is taken off the argument's front; what is left is the field.</summary>
    private static Aggregate? ParseFunction(string function, ref string argument, out string? problem)
    {
        problem = null;
        if (OfField.TryGetValue(function, out var ofField))
            return new Aggregate("", ofField);
        if (TryReadPercentile(function, out var quantile))
            return new Aggregate("", AggregateFunction.Quantile, Quantile: quantile);
        switch (function)
        {
            case "quantile":
                if (double.TryParse(TakeFirst(ref argument), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quantile) && quantile is >= 0 and <= 1)
                    return new Aggregate("", AggregateFunction.Quantile, Quantile: quantile);
                problem = "quantile takes a number from 0 to 1 and a field, as in quantile(0.9, duration)";
                return null;
            case "top":
                if (int.TryParse(TakeFirst(ref argument), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= AnalyticsLimits.TopMax)
                    return new Aggregate("", AggregateFunction.Top, Count: count);
                problem = $"top takes a number from 1 to {AnalyticsLimits.TopMax} and a field, as in top(5, http.route)";
                return null;
            default:
                return null;
        }
    }

    /// <summary>What stands before the first comma.</summary>
    private static string TakeFirst(ref string argument)
    {
        var comma = argument.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return "";
        var first = argument[..comma].Trim();
        argument = argument[(comma + 1)..].Trim();
        return first;
    }

    /// <summary><c>p5</c> to <c>p99</c> are hundredths; from three digits on the digits are decimals, as in <c>p999</c>.</summary>
    private static bool TryReadPercentile(string function, out double quantile)
    {
        const int DigitsMax = 6;
        quantile = 0;
        if (function.Length is < 2 or > DigitsMax || function[0] != 'p' || !function.AsSpan(1).ContainsOnlyDigits())
            return false;
        var digits = function[1..];
        var text = digits.Length > 2 ? $"0.{digits}" : $"0.{digits.PadLeft(2, '0')}";
        quantile = digits == "100" ? 1 : double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return digits.Length <= 2 || digits == "100" || digits[0] == '9';
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsNumeric(AggregateFunction function) => function
        is AggregateFunction.Sum or AggregateFunction.Average or AggregateFunction.Min or AggregateFunction.Max or AggregateFunction.Quantile;

    private static bool HasNumbers(FilterField field) =>
        FieldRegistry.TypeOf(field) is FieldType.Any or FieldType.Number or FieldType.Duration or FieldType.Severity;

    private static string Shown(string text) => text.Length > ShownMax ? $"{text[..ShownMax]}…" : text;
}
