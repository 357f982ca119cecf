using System.Text;
using Otelier.Signals.Attributes;

namespace Otelier.Signals.Filters;

/// <summary>Makes a filter a function of a row in memory, once, so that every row costs comparisons alone. What it makes is thread-safe.</summary>
internal static class CompiledFilter
{
    /// <exception cref="ArgumentException">The filter is larger than <see cref="Filter.DepthMax"/>: the edge let it pass.</exception>
    public static Func<T, bool> Compile<T>(Filter filter, RowReader<T> reader) => Compile(filter, reader, 1);

    private static Func<T, bool> Compile<T>(Filter filter, RowReader<T> reader, int depth)
    {
        if (depth > Filter.DepthMax)
            throw new ArgumentException("A filter this large should have been refused at the edge.", nameof(filter));
        switch (filter)
        {
            case Filter.And and:
                var all = and.Terms.Select(term => Compile(term, reader, depth + 1)).ToArray();
                return row => Array.TrueForAll(all, term => term(row));
            case Filter.Or or:
                var some = or.Terms.Select(term => Compile(term, reader, depth + 1)).ToArray();
                return row => Array.Exists(some, term => term(row));
            case Filter.Not not:
                var negated = Compile(not.Term, reader, depth + 1);
                return row => !negated(row);
            case Filter.Comparison { Operator: FilterOperator.NotEqual } unequal:
                var equal = Compare(unequal.Field, FilterOperator.Equal, unequal.Value, reader);
                return row => !equal(row);
            case Filter.Comparison comparison:
                return Compare(comparison.Field, comparison.Operator, comparison.Value, reader);
            case Filter.In list:
                var any = list.Values.Select(value => Compare(list.Field, FilterOperator.Equal, value, reader)).ToArray();
                return row => Array.Exists(any, term => term(row));
            case Filter.Exists exists:
                return Exists(exists.Field, reader);
            case Filter.FreeText text:
                return FreeText(text.Text, reader);
            default:
                throw new ArgumentException($"A filter of kind {filter.GetType().Name} has no meaning.", nameof(filter));
        }
    }

    private static Func<T, bool> FreeText<T>(string text, RowReader<T> reader)
    {
        var words = FilterWords.Of(text).Select(Encoding.UTF8.GetBytes).ToArray();
        var whole = Encoding.UTF8.GetBytes(text);
        return row =>
        {
            var searched = reader.FreeText(row).Utf8;
            return Array.TrueForAll(words, word => FilterWords.Contains(searched.Span, word)) && searched.Span.IndexOf(whole) >= 0;
        };
    }

    private static Func<T, bool> Exists<T>(FilterField field, RowReader<T> reader)
    {
        if (field is FilterField.Attribute attribute)
            return OfAttribute(attribute, reader, found => found.Letter is not null);

        return Read(field, reader) switch
        {
            null => _ => false,
            FieldReader<T>.Text text => row => text.Get(row).Length > 0,
            FieldReader<T>.TextList list => row => list.Get(row).Any(),
            FieldReader<T>.Body body => row => body.Get(row).Letter is not null,
            _ => _ => true,
        };
    }

    private static Func<T, bool> Compare<T>(FilterField field, FilterOperator op, FilterValue value, RowReader<T> reader)
    {
        if (field is FilterField.Attribute attribute)
            return OfAttribute(attribute, reader, ValueComparison.Typed(op, value));

        switch (Read(field, reader))
        {
            case FieldReader<T>.Text text:
                var ofText = ValueComparison.Typed(op, value);
                return row => ofText(StoredValue.Of(text.Get(row)));
            case FieldReader<T>.TextList list:
                var ofElement = ValueComparison.Typed(op, value);
                return row => list.Get(row).Any(element => ofElement(StoredValue.Of(element)));
            case FieldReader<T>.Body body:
                var ofBody = ValueComparison.Body(op, value);
                return row => ofBody(body.Get(row));
            case FieldReader<T>.Number number:
                var ofNumber = ValueComparison.Number(op, value);
                return row => ofNumber(number.Get(row));
            case FieldReader<T>.Word word:
                var ofWord = ValueComparison.Word(op, value, word.Words);
                return row => ofWord(word.Get(row));
            case FieldReader<T>.Flag flag:
                return op == FilterOperator.Equal && value is FilterValue.Boolean { Value: var expected } ? row => flag.Get(row) == expected : _ => false;
            default:
                return _ => false;
        }
    }

    private static FieldReader<T>? Read<T>(FilterField field, RowReader<T> reader) =>
        field is FilterField.Intrinsic intrinsic ? reader.Fields.GetValueOrDefault(intrinsic.Name) : null;

    private static Func<T, bool> OfAttribute<T>(FilterField.Attribute attribute, RowReader<T> reader, Func<StoredValue, bool> holds)
    {
        var key = Encoding.UTF8.GetBytes(attribute.Key);
        return attribute.Scope switch
        {
            AttributeScope.Any => row => holds(Find(reader.ItemAttributes(row), key) is { Letter: not null } own ? own : Find(reader.Resource(row).Attributes, key)),
            AttributeScope.Item => row => holds(Find(reader.ItemAttributes(row), key)),
            AttributeScope.Resource => row => holds(Find(reader.Resource(row).Attributes, key)),
            AttributeScope.Scope => row => holds(Find(reader.Scope(row).Attributes, key)),
            AttributeScope.Event => row => reader.EventAttributes(row).Any(attributes => holds(Find(attributes, key))),
            AttributeScope.Link => row => reader.LinkAttributes(row).Any(attributes => holds(Find(attributes, key))),
            _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, null),
        };
    }

    private static StoredValue Find(AttributeMap attributes, byte[] key) =>
        attributes.TryGet(key, out var value) ? new StoredValue(value.Text.ToArray(), value.Letter) : default;
}
