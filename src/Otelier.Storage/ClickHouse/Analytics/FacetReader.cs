using System.Globalization;
using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>
/// Finds the most frequent values of several fields in one pass over the rows. The counters are bounded, so a field with very many
/// values is counted approximately; a selection of very many rows is sampled. Either is said.
/// </summary>
internal sealed class FacetReader(QueryRunner queries, SelectionTables tables)
{
    /// <summary>Values that the engine counts for each one wanted.</summary>
    private const int CountersPerValue = 100;

    /// <inheritdoc cref="IAnalyticsStore.FindFacetsAsync"/>
    public async Task<FacetAnswer> FindFacetsAsync(FacetQuery query, CancellationToken cancellationToken)
    {
        var table = tables.Of(query.Selection);
        var count = (await queries.ReadAsync<ulong>(CountSql(table, query.Selection), ReadCount, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        var sample = TimeSample.Of(query.Selection.Range, count, AnalyticsLimits.FacetRowsMax);
        var facets = new List<Facet>();
        var inexact = new List<string>();
        await foreach (var block in queries.StreamAsync(FacetSql(table, query, sample), cancellationToken).ConfigureAwait(false))
            Read(block, query, count, facets, inexact);

        var warnings = new List<Warning>();
        if (sample.IsPartial)
            warnings.Add(new Warning(Warning.Estimated, $"Counts are estimated from about one of {sample.OneOf} of {count} rows."));
        if (inexact.Count > 0)
            warnings.Add(new Warning(Warning.Estimated, $"Counts of {string.Join(", ", inexact)} are estimates: there are very many values."));
        return new FacetAnswer(facets, warnings);
    }

    internal static SqlBuilder CountSql(SearchedTable table, Selection selection) =>
        new SqlBuilder().AppendLine("SELECT count() AS Rows").FromSelection(table, selection);

    internal static SqlBuilder FacetSql(SearchedTable table, FacetQuery query, TimeSample sample)
    {
        var sql = new SqlBuilder().AppendLine("SELECT");
        for (var i = 0; i < query.Fields.Count; i++)
        {
            var name = Name(i);
            sql.AppendLine($"  topK({query.Limit}, {CountersPerValue}, 'counts')({FieldSql.Text(sql, table, query.Fields[i].Field)} AS {name}) AS Top{name},")
                .AppendLine($"  uniq({name}) AS Distinct{name},");
        }

        sql.AppendLine("  count() AS Rows").FromSelection(table, query.Selection);
        sample.AppendAnd(sql, table);
        return sql;
    }

    private static void Read(NativeBlock block, FacetQuery query, ulong count, List<Facet> facets, List<string> inexact)
    {
        var sampled = block.GetUInt64("Rows")[0];
        for (var i = 0; i < query.Fields.Count; i++)
        {
            var values = CountedValues.Read(block.GetArray($"Top{Name(i)}"), 0, out var hasErrors);
            if (hasErrors)
                inexact.Add(query.Fields[i].Name);
            if (sampled < count)
                values = [.. values.Select(value => value with { Count = (ulong)Math.Round((double)value.Count * count / sampled) })];
            facets.Add(new Facet(values, block.GetUInt64($"Distinct{Name(i)}")[0]));
        }
    }

    private static void ReadCount(NativeBlock block, List<ulong> counts) => counts.Add(block.GetUInt64("Rows")[0]);

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"F{index}");
}
