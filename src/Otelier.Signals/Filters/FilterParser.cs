namespace Otelier.Signals.Filters;

/// <summary>Reads one text, by recursive descent with bounded depth. The first thing that is wrong ends it.</summary>
internal sealed class FilterParser
{
    private readonly FilterScanner _scanner;
    private readonly Signal _signal;
    private FilterToken _token;
    private FilterError? _error;
    private int _rules;
    private int _values;

    public FilterParser(string text, Signal signal)
    {
        _scanner = new FilterScanner(text);
        _signal = signal;
        Advance();
    }

    public Filter? Parse(out FilterError? error)
    {
        var filter = Or(0);
        if (_error is null && _token.Kind != FilterTokenKind.End)
            Fail($"found {Shown(_token)}", "'and', 'or' or the end");
        error = _error;
        return error is null ? filter : null;
    }

    private Filter? Or(int depth)
    {
        var terms = new List<Filter>();
        do
        {
            if (And(depth) is not { } term)
                return null;
            terms.Add(term);
        }
        while (TryTake("or"));

        return terms.Count == 1 ? terms[0] : new Filter.Or(terms);
    }

    private Filter? And(int depth)
    {
        var terms = new List<Filter>();
        do
        {
            if (Not(depth) is not { } term)
                return null;
            terms.Add(term);
        }
        while (TryTake("and"));

        return terms.Count == 1 ? terms[0] : new Filter.And(terms);
    }

    private Filter? Not(int depth)
    {
        if (depth > FilterText.NestingMax)
            return Fail("parentheses and negations are nested too deep", $"at most {FilterText.NestingMax} levels");
        if (TryTake("not"))
            return Not(depth + 1) is { } term ? new Filter.Not(term) : null;
        if (_token.Kind != FilterTokenKind.Open)
            return Rule();
        Advance();
        var filter = Or(depth + 1);
        if (filter is null || Take(FilterTokenKind.Close, "'and', 'or' or ')'"))
            return filter;
        return null;
    }

    private Filter? Rule()
    {
        if (++_rules > FilterText.RulesMax)
            return Fail("the filter has too many comparisons", $"at most {FilterText.RulesMax}");
        if (_token.Kind == FilterTokenKind.Quoted)
        {
            var text = _token.Text;
            if (text.Length == 0)
                return Fail("the text to look for is empty", "at least one character");
            Advance();
            return new Filter.FreeText(text);
        }

        if (_token.Is("exists"))
        {
            Advance();
            return Field() is { } present ? new Filter.Exists(present) : null;
        }

        var start = _token;
        if (Field() is not { } field || Operator(start, field) is not { } op)
            return null;
        var position = _token.Position;
        var literals = new List<FilterLiteral>();
        if (op is RuleOperator.In or RuleOperator.NotIn ? !List(literals) : op is not (RuleOperator.Exists or RuleOperator.NotExists) && !Value(literals))
            return null;
        if (RuleBuilder.TryBuild(field, op, literals, out var filter, out var problem, out var at))
            return filter;
        _error ??= new FilterError($"{problem}, at {at}", at == 0 ? position : at);
        return null;
    }

    private FilterField? Field()
    {
        if (_token.Kind != FilterTokenKind.Word || _token.Is("and") || _token.Is("or") || _token.Is("in"))
        {
            Fail(_token.Kind == FilterTokenKind.End ? "the filter ends too early" : $"found {Shown(_token)}", "a field, a quoted text, 'not' or '('");
            return null;
        }

        if (!FieldName.TryResolve(_signal, _token.Text, _token.QuotedFrom, out var field, out var problem))
        {
            _error ??= new FilterError($"unknown field {Shown(_token)} at {_token.Position}; {problem}", _token.Position);
            return null;
        }

        Advance();
        return field;
    }

    private RuleOperator? Operator(FilterToken fieldToken, FilterField field)
    {
        var token = _token;
        var known = RuleOperators.Of(FieldRegistry.TypeOf(field));
        var isNegated = TryTake("not");
        if (_token.Kind is not (FilterTokenKind.Operator or FilterTokenKind.Word) || _token.Is("and") || _token.Is("or"))
        {
            Fail($"no operator behind {Shown(fieldToken)}", $"one of {RuleOperators.Listed(known)}; a text to look for stands in quotes");
            return null;
        }

        if (!RuleOperators.TryParse(_token.Text, out var op) || (isNegated && !RuleOperators.TryNegate(op, out op)))
        {
            Fail($"unknown operator {(isNegated ? $"'not {_token.Text}'" : Shown(_token))}", $"one of {RuleOperators.Listed(known)}");
            return null;
        }

        if (!known.Contains(op))
        {
            _token = token;
            Fail($"{FieldName.Format(field)} has no operator '{op.Symbol()}'", $"one of {RuleOperators.Listed(known)}");
            return null;
        }

        Advance();
        return op;
    }

    private bool List(List<FilterLiteral> literals)
    {
        if (!Take(FilterTokenKind.Open, "'(' with a list of values"))
            return false;
        do
        {
            if (!Value(literals))
                return false;
        }
        while (_token.Kind == FilterTokenKind.Comma && Advance());

        return Take(FilterTokenKind.Close, "',' or ')'");
    }

    private bool Value(List<FilterLiteral> literals)
    {
        if (_token.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted))
        {
            Fail(_token.Kind == FilterTokenKind.End ? "the filter ends too early" : $"found {Shown(_token)}", "a value: a number, true, false, or a text in quotes");
            return false;
        }

        if (++_values > FilterText.ValuesMax)
        {
            Fail("the filter has too many values", $"at most {FilterText.ValuesMax}");
            return false;
        }

        literals.Add(new FilterLiteral(_token.Text, _token.Kind == FilterTokenKind.Quoted || _token.QuotedFrom >= 0, _token.Position));
        return Advance();
    }

    private bool TryTake(string keyword) => _error is null && _token.Is(keyword) && Advance();

    private bool Take(FilterTokenKind kind, string expected)
    {
        if (_error is null && _token.Kind == kind)
            return Advance();
        Fail(_token.Kind == FilterTokenKind.End ? "the filter ends too early" : $"found {Shown(_token)}", expected);
        return false;
    }

    private bool Advance()
    {
        _token = _scanner.Next();
        if (_token.Kind != FilterTokenKind.Fault)
            return true;
        _error ??= new FilterError($"{_token.Text}, at {_token.Position}", _token.Position);
        return false;
    }

    private Filter? Fail(string problem, string expected)
    {
        _error ??= new FilterError($"{problem} at {_token.Position}; expected {expected}", _token.Position);
        return null;
    }

    private static string Shown(FilterToken token)
    {
        const int ShownMax = 60;
        return token.Kind == FilterTokenKind.End ? "the end" : $"'{(token.Text.Length > ShownMax ? token.Text[..ShownMax] + "…" : token.Text)}'";
    }
}
