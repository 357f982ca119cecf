using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;

namespace Otelier.Server.Metrics;

/// <summary>Reads the filter of a metric query.</summary>
internal static class MetricTerms
{
    /// <summary>
    /// What must hold for the series: <c>q</c>, and <c>filter</c>, which is a group of rules, or an object of labels and the text, number
    /// or boolean they have.
    /// </summary>
    public static List<Filter> Of(string? text, JsonElement? filter, List<string> problems)
    {
        var terms = new List<Filter>();
        if (text is not null)
            Add("q", FilterText.TryParse(text, Signal.Metrics, out var parsed, out var error), parsed, error, terms, problems);
        if (filter is not { ValueKind: not JsonValueKind.Null } given)
            return terms;
        if (given.ValueKind == JsonValueKind.Object && given.TryGetProperty("rules", out var rules) && rules.ValueKind == JsonValueKind.Array)
            Add("filter", FilterJson.TryRead(given, Signal.Metrics, out var group, out var fault), group, fault, terms, problems);
        else
            AddLabels(given, terms, problems);
        return terms;
    }

    /// <summary>A text as it is, a number as its digits.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static void Add(string name, bool isRead, Filter? filter, FilterError? error, List<Filter> terms, List<string> problems)
    {
        if (!isRead)
            problems.Add($"'{name}': {error!.Message}.");
        else if (filter is not null)
            terms.Add(filter);
    }

    private static void AddLabels(JsonElement given, List<Filter> terms, List<string> problems)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            problems.Add("'filter' is to be a group of rules, or an object of labels and their values.");
            return;
        }

        if (given.EnumerateObject().Count() > QueryParameters.ValuesMax)
            problems.Add($"'filter' has more than {QueryParameters.ValuesMax} labels.");
        foreach (var label in given.EnumerateObject())
        {
            if (ValueOf(label.Value) is { } expected)
                terms.Add(new Filter.Comparison(new FilterField.Attribute(AttributeScope.Any, label.Name), FilterOperator.Equal, expected));
            else
                problems.Add($"'filter' has for '{label.Name}' neither a text nor a number nor a boolean.");
        }
    }

    private static FilterValue? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new FilterValue.Text(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new FilterValue.Boolean(value.GetBoolean()),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => new FilterValue.Integer(whole),
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => new FilterValue.Number(number),
        _ => null,
    };
}
