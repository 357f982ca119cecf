using Otelier.Signals;
using Otelier.Signals.Filters;

namespace Otelier.Tests.Filters;

/// <summary>Makes filters that a text or a structured form can say, of few keys and values, so that they meet those of random rows.</summary>
internal sealed class RandomFilter(int seed)
{
    /// <summary>Values that are told apart only by reading exactly.</summary>
    internal static readonly string[] Texts =
    [
        "", "a", "A", "ab", "abc", "200", "200.0", "2e2", "+200", "-0", "0", "1_0", " 200", "200 ", "NaN", "nan", "Infinity", "-inf", "0x10", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "18446744073709551615", "9007199254740993", "0.1", ".5", "5.", "1e400", "1e-400", "true", "false", "a\0b", "\0", "é", "e\u0301", "🙂", "x🙂y",
        "connection timeout after 3 s", "timeout", "time-out", "Timeout", "a\nb", "line\n", "'", "\\", "%_", "`\"", "2000", "{p0:String}", "値段",
    ];

    internal static readonly string[] Keys = ["code", "http.route", "k'ey", "\u202e`\"", "both", "num.ber"];

    private static readonly AttributeScope[] ScopesOfAll = [AttributeScope.Any, AttributeScope.Item, AttributeScope.Resource, AttributeScope.Scope];

    private static readonly string[] Patterns =
    [
        "a", "^a", "b$", "^$", ".", "^.$", "^..$", "[^a]", "^[^a]+$", @"\d+", @"^\d+$", @"\D", @"\w\W", @"\s", "a|b", "(a|t)(b|i)", "a{2,3}", "a?b*", "(?i)TIME", "(?i:A)b", "[a-c]{1,2}", @"\x{1F642}", "🙂", "値",
        @"[\d.]+", @"\.", "line$", "é", "[é-ü]", @"\x00", @"a\nb", @"^\S+$", "(?:x.y)", "[+-]?2",
    ];

    private readonly Random _random = new(seed);

    public Filter Next(Signal signal, int depth) => (depth == 0 ? 9 : _random.Next(10)) switch
    {
        0 or 1 => new Filter.And(Terms(signal, depth - 1)),
        2 or 3 => new Filter.Or(Terms(signal, depth - 1)),
        4 => new Filter.Not(Next(signal, depth - 1)),
        _ => Leaf(signal),
    };

    /// <summary>Records compare their lists by reference, so the contents are compared here.</summary>
    internal static bool AreEqual(Filter a, Filter b) => (a, b) switch
    {
        (Filter.And x, Filter.And y) => AreEqual(x.Terms, y.Terms),
        (Filter.Or x, Filter.Or y) => AreEqual(x.Terms, y.Terms),
        (Filter.Not x, Filter.Not y) => AreEqual(x.Term, y.Term),
        (Filter.In x, Filter.In y) => x.Field == y.Field && x.Values.SequenceEqual(y.Values),
        _ => a == b,
    };

    private static bool AreEqual(IReadOnlyList<Filter> a, IReadOnlyList<Filter> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second));

    private Filter[] Terms(Signal signal, int depth) => [.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Next(signal, depth))];

    private Filter Leaf(Signal signal)
    {
        if (_random.Next(12) == 0)
            return new Filter.FreeText(Pick(Texts.Where(text => text.Length > 0).ToArray()));
        var field = Field(signal);
        var type = FieldRegistry.TypeOf(field);
        var op = Pick(RuleOperators.Of(type));
        return op switch
        {
            RuleOperator.Exists => new Filter.Exists(field),
            RuleOperator.NotExists => new Filter.Not(new Filter.Exists(field)),
            RuleOperator.In => In(field, type),
            RuleOperator.NotIn => new Filter.Not(In(field, type)),
            RuleOperator.NotMatches => new Filter.Not(Search(field, FilterOperator.Matches)),
            RuleOperator.NotContains => new Filter.Not(Search(field, FilterOperator.Contains)),
            RuleOperator.NotStartsWith => new Filter.Not(Search(field, FilterOperator.StartsWith)),
            RuleOperator.Matches => Search(field, FilterOperator.Matches),
            RuleOperator.Contains => Search(field, FilterOperator.Contains),
            RuleOperator.StartsWith => Search(field, FilterOperator.StartsWith),
            _ => new Filter.Comparison(field, (FilterOperator)op, Value(field, type)),
        };
    }

    private Filter.In In(FilterField field, FieldType type) => new(field, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Value(field, type))]);

    private Filter.Comparison Search(FilterField field, FilterOperator op)
    {
        var text = op == FilterOperator.Matches ? Pick(Patterns) : Pick(Texts);
        var isId = FieldRegistry.TypeOf(field) == FieldType.Id && op != FilterOperator.Matches;
        return new Filter.Comparison(field, op, new FilterValue.Text(isId ? text.ToLowerInvariant() : text));
    }

    private FilterField Field(Signal signal) => _random.Next(3) == 0
        ? new FilterField.Intrinsic(Pick(FieldRegistry.Of(signal)).Field)
        : new FilterField.Attribute(Pick(signal == Signal.Traces ? Enum.GetValues<AttributeScope>() : ScopesOfAll), Pick(Keys));

    private FilterValue Value(FilterField field, FieldType type) => type switch
    {
        FieldType.Id => new FilterValue.Text(_random.Next(4) == 0 ? "" : $"00000000000000ff{_random.Next(1, 5):x16}"),
        FieldType.Boolean => new FilterValue.Boolean(_random.Next(2) == 0),
        FieldType.Word => new FilterValue.Text(Pick(FieldRegistry.Of(((FilterField.Intrinsic)field).Name).Words)),
        FieldType.Time => new FilterValue.Integer(1_750_000_000_000_000_000 + _random.Next(-3, 4)),
        FieldType.Any when _random.Next(5) == 0 => new FilterValue.Boolean(_random.Next(2) == 0),
        FieldType.Any or FieldType.Text when _random.Next(2) == 0 => new FilterValue.Text(Pick(Texts)),
        _ => Number(),
    };

    private FilterValue Number() => _random.Next(3) == 0
        ? new FilterValue.Number(Pick<double>([0.1, 0.5, 200, -0.0, 1e300, -1.5, 5, 9007199254740992, 16]))
        : new FilterValue.Integer(Pick<long>([0, 1, 9, 17, 200, 1000, 2000, -1, 5, 10, 16, long.MaxValue, long.MinValue, 9007199254740993, 9007199254740992]));

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
