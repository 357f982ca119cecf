using Otelier.Signals.Filters;

namespace Otelier.Signals.Analytics;

/// <summary>Which fields a filter speaks of.</summary>
public static class FilterFields
{
    /// <summary>The fields that the filter names, each once; none where there is no filter.</summary>
    public static IReadOnlyCollection<FilterField> Of(Filter? filter)
    {
        var fields = new HashSet<FilterField>();
        var open = new Stack<Filter>();
        if (filter is not null)
            open.Push(filter);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case Filter.And and:
                    PushAll(open, and.Terms);
                    break;
                case Filter.Or or:
                    PushAll(open, or.Terms);
                    break;
                case Filter.Not not:
                    open.Push(not.Term);
                    break;
                case Filter.Comparison comparison:
                    fields.Add(comparison.Field);
                    break;
                case Filter.In @in:
                    fields.Add(@in.Field);
                    break;
                case Filter.Exists exists:
                    fields.Add(exists.Field);
                    break;
            }
        }

        return fields;
    }

    /// <summary>Whether two fields may be the same value of a row: a key anywhere is also the one on the item.</summary>
    public static bool Overlap(FilterField a, FilterField b) =>
        a == b
        || (a is FilterField.Attribute x && b is FilterField.Attribute y && x.Key == y.Key
            && (x.Scope == AttributeScope.Any || y.Scope == AttributeScope.Any) && IsAnywhere(x.Scope) && IsAnywhere(y.Scope));

    private static bool IsAnywhere(AttributeScope scope) => scope is AttributeScope.Any or AttributeScope.Item or AttributeScope.Resource;

    private static void PushAll(Stack<Filter> open, IReadOnlyList<Filter> terms)
    {
        foreach (var term in terms)
            open.Push(term);
    }
}
