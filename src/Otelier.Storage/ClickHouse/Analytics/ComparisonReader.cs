using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Filters;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>Compares a selection with its baseline: counts both sides, takes a sample of each, and ranks the values seen there.</summary>
internal sealed class ComparisonReader(QueryRunner queries, SelectionTables tables)
{
    private const string ServiceNameKey = "service.name";

    /// <inheritdoc cref="IAnalyticsStore.CompareAsync"/>
    public async Task<ComparisonAnswer> CompareAsync(ComparisonQuery query, CancellationToken cancellationToken)
    {
        var table = tables.Of(query.Selection);
        var counts = (await queries.ReadAsync<(ulong Selected, ulong Others)>(BaselineSql.CountSql(table, query), ReadCounts, cancellationToken).ConfigureAwait(false))[0];
        if (counts.Selected == 0 || counts.Others == 0)
            return new ComparisonAnswer(counts.Selected, counts.Others, [], []);

        var baseline = query.Baseline ?? query.Selection;
        var selectedSample = BaselineSql.SampleOf(query.Selection.Range, counts.Selected);
        var othersSample = BaselineSql.SampleOf(baseline.Range, counts.Others);
        var selected = await ReadSideAsync(BaselineSql.SelectedSql(table, query, selectedSample), cancellationToken).ConfigureAwait(false);
        var others = await ReadSideAsync(BaselineSql.OthersSql(table, query, othersSample), cancellationToken).ConfigureAwait(false);

        var fields = BaselineSql.FieldsOf(table);
        var named = FilterFields.Of(query.Selection.Filter);
        var sightings =
            from pair in selected.Pairs.Keys.Union(others.Pairs.Keys)
            let field = FieldOf(pair, fields)
            where field is not null && !named.Any(name => FilterFields.Overlap(name, field))
            select new ValueSighting(NameOf(field), pair.Value, selected.Pairs.GetValueOrDefault(pair), others.Pairs.GetValueOrDefault(pair));
        var ranked = SelectionComparison.Rank(
            sightings, new SampledRows(selected.Rows, counts.Selected), new SampledRows(others.Rows, counts.Others));
        return new ComparisonAnswer(counts.Selected, counts.Others, ranked, WarningsOf(counts, selected, others));
    }

    private static Warning[] WarningsOf((ulong Selected, ulong Others) counts, Side selected, Side others) =>
        selected.Rows == counts.Selected && others.Rows == counts.Others
            ? []
            : [new Warning(
                Warning.Estimated,
                $"Worked out from {selected.Rows} of {counts.Selected} rows of the selection and {others.Rows} of {counts.Others} of the baseline.")];

    private async Task<Side> ReadSideAsync(SqlBuilder sql, CancellationToken cancellationToken)
    {
        var pairs = new Dictionary<Pair, ulong>();
        await foreach (var block in queries.StreamAsync(sql, cancellationToken).ConfigureAwait(false))
            Read(block, pairs);
        _ = pairs.Remove(new Pair(BaselineSql.RowsPlace, "", "rows"), out var rows);
        return new Side(rows, pairs);
    }

    private static void ReadCounts(NativeBlock block, List<(ulong Selected, ulong Others)> counts) =>
        counts.Add((block.GetUInt64("Selected")[0], block.GetUInt64("Others")[0]));

    private static void Read(NativeBlock block, Dictionary<Pair, ulong> pairs)
    {
        var pair = block.GetTuple("Pair");
        var places = (FixedResultColumn<byte>)pair.Elements[0];
        var keys = (BytesResultColumn)pair.Elements[1];
        var values = (BytesResultColumn)pair.Elements[2];
        var rows = block.GetUInt64("Rows");
        for (var row = 0; row < block.RowCount; row++)
        {
            // Two values that are no UTF-8 may become the same text.
            var key = new Pair(places[row], keys.GetString(row), values.GetString(row));
            pairs[key] = pairs.GetValueOrDefault(key) + rows[row];
        }
    }

    /// <summary>The field of a pair; none for the resource's service name, which is a field of the protocol's own already.</summary>
    private static FilterField? FieldOf(Pair pair, IReadOnlyList<IntrinsicField> fields) => pair switch
    {
        { Place: BaselineSql.IntrinsicPlace } => new FilterField.Intrinsic(fields[int.Parse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture)]),
        { Place: (byte)AttributeScope.Resource, Key: ServiceNameKey } => null,
        _ => new FilterField.Attribute((AttributeScope)pair.Place, pair.Key),
    };

    /// <summary>The name by which the field is asked for: of an item's attribute its bare key where that means it.</summary>
    private static string NameOf(FilterField field) =>
        FieldName.Format(field is FilterField.Attribute { Scope: AttributeScope.Item } attribute ? attribute with { Scope = AttributeScope.Any } : field);

    private readonly record struct Pair(byte Place, string Key, string Value);

    private sealed record Side(ulong Rows, Dictionary<Pair, ulong> Pairs);
}
