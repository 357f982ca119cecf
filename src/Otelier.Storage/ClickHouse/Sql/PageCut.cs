using Otelier.Signals;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Makes a page of rows that were read from the last given row on, itself included.</summary>
internal static class PageCut
{
    /// <summary>
    /// Passes over the rows of the last given key as often as they were given, takes the page, and notes where the next one begins.
    /// </summary>
    /// <param name="rows">In order; more than the page has where there is a next one.</param>
    /// <param name="limit">Most rows of the page.</param>
    /// <param name="after">The last row of the page before.</param>
    /// <param name="keyOf">A row's key, without repeats.</param>
    public static Page<T> Cut<T>(IReadOnlyList<T> rows, int limit, PageKey? after, Func<T, PageKey> keyOf)
    {
        var first = 0;
        if (after is { } given)
        {
            while (first < rows.Count && first <= given.Repeats && keyOf(rows[first]) == given with { Repeats = 0 })
                first++;
        }

        var items = rows.Skip(first).Take(limit).ToList();
        if (items.Count == 0 || rows.Count <= first + limit)
            return new Page<T>(items, null, []);
        var last = keyOf(items[^1]);
        var repeats = 0;
        for (var i = items.Count - 2; i >= 0 && keyOf(items[i]) == last; i--)
            repeats++;
        if (after is { } before && repeats == items.Count - 1 && last == before with { Repeats = 0 })
            repeats += before.Repeats + 1;
        return new Page<T>(items, last with { Repeats = repeats }, []);
    }
}
