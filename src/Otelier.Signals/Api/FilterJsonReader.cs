using System.Text.Json;
using Otelier.Signals.Filters;

namespace Otelier.Signals.Api;

/// <summary>Reads one structured filter. The first thing that is wrong ends it.</summary>
internal sealed class FilterJsonReader(Signal signal)
{
    private int _rules;
    private int _values;

    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public string? Problem { get; private set; }

    public Filter? Group(JsonElement group, string path, int depth, bool allowsNoRules = false)
    {
        if (depth > FilterJson.DepthMax)
            return Fail($"{path} is nested too deep; at most {FilterJson.DepthMax} groups may lie in each other");
        if (group.ValueKind != JsonValueKind.Object)
            return Fail($"{path} is no object; expected a group {{combinator, not, rules}} or a rule {{field, operator, value}}");
        JsonElement? rules = null;
        var combinator = "and";
        var isNegated = false;
        foreach (var member in group.EnumerateObject())
        {
            switch (member.Name)
            {
                case "combinator" when member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "and" or "or":
                    combinator = member.Value.GetString()!;
                    break;
                case "combinator":
                    return Fail($"{path}.combinator is to be \"and\" or \"or\"");
                case "not" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    isNegated = member.Value.GetBoolean();
                    break;
                case "not":
                    return Fail($"{path}.not is to be true or false");
                case "rules" when member.Value.ValueKind == JsonValueKind.Array:
                    rules = member.Value;
                    break;
                default:
                    return Fail($"{path} has an unknown member '{Shortened(member.Name)}', or one of the wrong kind; expected combinator, not and the array rules");
            }
        }

        if (rules is not { } list || (list.GetArrayLength() == 0 && !allowsNoRules))
            return Fail($"{path} is to have at least one rule");
        var terms = new List<Filter>();
        foreach (var rule in list.EnumerateArray())
        {
            var place = $"{path}.rules[{terms.Count}]";
            var isGroup = rule.ValueKind == JsonValueKind.Object && (rule.TryGetProperty("rules", out _) || rule.TryGetProperty("combinator", out _));
            if ((isGroup ? Group(rule, place, depth + 1) : Rule(rule, place)) is not { } term)
                return null;
            terms.Add(term);
        }

        Filter? filter = terms.Count switch { 0 => null, 1 => terms[0], _ when combinator == "and" => new Filter.And(terms), _ => new Filter.Or(terms) };
        return isNegated && filter is not null ? new Filter.Not(filter) : filter;
    }

    private Filter? Rule(JsonElement rule, string path)
    {
        if (rule.ValueKind != JsonValueKind.Object)
            return Fail($"{path} is no object; expected a group {{combinator, not, rules}} or a rule {{field, operator, value}}");
        if (++_rules > FilterText.RulesMax)
            return Fail($"{path} is one rule too many; at most {FilterText.RulesMax} are allowed");
        string? name = null;
        string? spelled = null;
        JsonElement? value = null;
        foreach (var member in rule.EnumerateObject())
        {
            if (member.Name == "value")
                value = member.Value;
            else if (member.Name is not ("field" or "operator"))
                return Fail($"{path} has an unknown member '{Shortened(member.Name)}'; expected field, operator and value");
            else if (TextOf(member.Value) is not { } text)
                return Fail($"{path}.{member.Name} is to be a text");
            else if (member.Name == "field")
                name = text;
            else
                spelled = text;
        }

        if (name is null || spelled is null)
            return Fail($"{path} is to have a field and an operator");
        if (name == FilterJson.FreeTextField)
            return FreeText(spelled, value, path);
        if (!FieldName.TryParse(signal, name, out var field, out var problem))
            return Fail($"{path}.field: unknown field '{Shortened(name)}'; {problem}");
        var known = RuleOperators.Of(FieldRegistry.TypeOf(field));
        if (!RuleOperators.TryParse(spelled, out var op) || !known.Contains(op))
            return Fail($"{path}.operator: unknown operator '{Shortened(spelled)}' for {Shortened(name)}; expected one of {RuleOperators.Listed(known)}");
        if (Literals(op, value, path) is not { } literals)
            return null;
        return RuleBuilder.TryBuild(field, op, literals, out var filter, out problem, out _) ? filter : Fail($"{path}.value: {problem}");
    }

    private Filter? FreeText(string spelled, JsonElement? value, string path)
    {
        if (!RuleOperators.TryParse(spelled, out var op) || op is not (RuleOperator.Contains or RuleOperator.NotContains))
            return Fail($"{path}.operator: unknown operator '{Shortened(spelled)}' for {FilterJson.FreeTextField}; expected one of contains, not_contains");
        if (value is not { } given || TextOf(given) is not { Length: > 0 } text)
            return Fail($"{path}.value is to be a text that is not empty");
        var filter = new Filter.FreeText(text);
        return op == RuleOperator.Contains ? filter : new Filter.Not(filter);
    }

    private List<FilterLiteral>? Literals(RuleOperator op, JsonElement? value, string path)
    {
        var literals = new List<FilterLiteral>();
        if (op is RuleOperator.Exists or RuleOperator.NotExists)
            return value is null or { ValueKind: JsonValueKind.Null } ? literals : None($"{path}.value: {op.Symbol()} takes no value");
        if (value is not { } given)
            return None($"{path}.value is missing");
        if (op is not (RuleOperator.In or RuleOperator.NotIn))
            return Add(literals, given, path) ? literals : null;
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() == 0)
            return None($"{path}.value is to be an array with at least one value");
        foreach (var element in given.EnumerateArray())
        {
            if (!Add(literals, element, path))
                return null;
        }

        return literals;
    }

    private bool Add(List<FilterLiteral> literals, JsonElement value, string path)
    {
        if (++_values > FilterText.ValuesMax)
        {
            Fail($"{path}.value: the filter has too many values; at most {FilterText.ValuesMax} are allowed");
            return false;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => TextOf(value),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        if (text is null)
            Fail($"{path}.value is to be a text of valid Unicode, a number, true or false");
        else
            literals.Add(new FilterLiteral(text, value.ValueKind == JsonValueKind.String, 0));
        return text is not null;
    }

    /// <summary>The text, or <see langword="null"/> for what is none, or none of valid Unicode.</summary>
    private static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which JSON can escape but no text can hold.
            return null;
        }
    }

    private Filter? Fail(string problem)
    {
        Problem ??= problem;
        return null;
    }

    private List<FilterLiteral>? None(string problem)
    {
        Problem ??= problem;
        return null;
    }

    private static string Shortened(string text)
    {
        const int ShownMax = 60;
        return text.Length > ShownMax ? text[..ShownMax] + "…" : text;
    }
}
