using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Otelier.Signals.Filters;

namespace Otelier.Signals.Api;

/// <summary>
/// The filter's structured form: <c>{combinator, not?, rules: [{field, operator, value?} | group]}</c>. A text among the values is a text,
/// except for fields whose values have a notation of their own, such as a duration's <c>"250ms"</c>.
/// </summary>
public static class FilterJson
{
    /// <summary>Deepest nesting of groups.</summary>
    public const int DepthMax = 5;

    /// <summary>The field of a rule that looks for a text in names and bodies.</summary>
    public const string FreeTextField = "*";

    /// <summary>Reads a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="signal">Whose fields may stand in it.</param>
    /// <param name="filter">The filter; <see langword="null"/>, which holds for every row, of a group without rules.</param>
    /// <param name="error">What is wrong; it names the rule, its position is 0.</param>
    public static bool TryRead(JsonElement group, Signal signal, out Filter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        var isEmpty = group.ValueKind == JsonValueKind.Object && group.TryGetProperty("rules", out var rules)
            && rules.ValueKind == JsonValueKind.Array && rules.GetArrayLength() == 0;
        var reader = new FilterJsonReader(signal);
        filter = reader.Group(group, "filter", 1, allowsNoRules: isEmpty);
        error = reader.Problem is { } problem ? new FilterError(problem, 0) : null;
        return error is null;
    }

    /// <summary>Writes a filter as a group, so that reading it gives an equal one.</summary>
    public static void Write(Utf8JsonWriter json, Filter filter)
    {
        if (IsGroup(filter))
            WriteTerm(json, filter);
        else
            WriteGroup(json, "and", [filter], isNegated: false);
    }

    private static bool IsGroup(Filter filter) =>
        filter is Filter.And or Filter.Or || (filter is Filter.Not not && TryRule(filter) is null && not.Term is Filter.And or Filter.Or);

    private static void WriteTerm(Utf8JsonWriter json, Filter filter)
    {
        if (TryRule(filter) is { } rule)
        {
            WriteRule(json, rule.Field, rule.Operator, rule.Values);
            return;
        }

        var isNegated = filter is Filter.Not;
        switch (filter is Filter.Not not ? not.Term : filter)
        {
            case Filter.And and:
                WriteGroup(json, "and", and.Terms, isNegated);
                break;
            case Filter.Or or:
                WriteGroup(json, "or", or.Terms, isNegated);
                break;
            case var term:
                WriteGroup(json, "and", [term], isNegated);
                break;
        }
    }

    private static void WriteGroup(Utf8JsonWriter json, string combinator, IReadOnlyList<Filter> terms, bool isNegated)
    {
        json.WriteStartObject();
        json.WriteString("combinator", combinator);
        if (isNegated)
            json.WriteBoolean("not", true);
        json.WriteStartArray("rules");
        foreach (var term in terms)
            WriteTerm(json, term);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (FilterField? Field, RuleOperator Operator, IReadOnlyList<FilterValue>? Values)? TryRule(Filter filter) => filter switch
    {
        Filter.Comparison c => (c.Field, FilterFormatter.Operator(c.Operator), [c.Value]),
        Filter.In list => (list.Field, RuleOperator.In, list.Values),
        Filter.Exists exists => (exists.Field, RuleOperator.Exists, null),
        Filter.FreeText text => (null, RuleOperator.Contains, [new FilterValue.Text(text.Text)]),
        Filter.Not { Term: Filter.Comparison { Operator: FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.Matches } c } =>
            (c.Field, FilterFormatter.Negated(c.Operator), [c.Value]),
        Filter.Not { Term: Filter.In list } => (list.Field, RuleOperator.NotIn, list.Values),
        Filter.Not { Term: Filter.Exists exists } => (exists.Field, RuleOperator.NotExists, null),
        Filter.Not { Term: Filter.FreeText text } => (null, RuleOperator.NotContains, [new FilterValue.Text(text.Text)]),
        _ => null,
    };

    private static void WriteRule(Utf8JsonWriter json, FilterField? field, RuleOperator op, IReadOnlyList<FilterValue>? values)
    {
        var type = field is null ? FieldType.Text : FieldRegistry.TypeOf(field);
        json.WriteStartObject();
        json.WriteString("field", field is null ? FreeTextField : FieldName.Format(field));
        json.WriteString("operator", op.Symbol());
        if (values is not null)
        {
            json.WritePropertyName("value");
            if (op is RuleOperator.In or RuleOperator.NotIn)
            {
                json.WriteStartArray();
                foreach (var value in values)
                    WriteValue(json, type, value);
                json.WriteEndArray();
            }
            else
            {
                WriteValue(json, type, values[0]);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, FieldType type, FilterValue value)
    {
        switch (value)
        {
            case FilterValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case FilterValue.Boolean boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            default:
                // The text form's digits, by which a double is told from an integer; an early time is a text in quotes there too.
                json.WriteRawValue(FilterFormatter.Format(type == FieldType.Time ? type : FieldType.Number, value), skipInputValidation: true);
                break;
        }
    }
}
