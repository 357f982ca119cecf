using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Filters;

namespace Otelier.Server.Metrics;

/// <summary>Reads the filter of a metric query.</summary>
internal static class MetricTerms
{
    /// <summary>An object of labels and the text, number or boolean they have, as conditions that must all hold.</summary>
    public static List<Filter> Of(JsonElement? filter, List<string> problems)
    {
        var terms = new List<Filter>();
        if (filter is not { ValueKind: not JsonValueKind.Null } given)
            return terms;
        if (given.ValueKind != JsonValueKind.Object)
        {
            problems.Add("'filter' is to be an object of labels and their values.");
            return terms;
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

        return terms;
    }

    /// <summary>A text as it is, a number as its digits.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static FilterValue? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new FilterValue.Text(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new FilterValue.Boolean(value.GetBoolean()),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => new FilterValue.Integer(whole),
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => new FilterValue.Number(number),
        _ => null,
    };
}
