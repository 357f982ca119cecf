using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>Works out aggregates: the best groups over the whole range first, then, where steps are asked for, those groups step by step.</summary>
internal sealed class AggregateReader(QueryRunner queries, SelectionTables tables)
{
    private const double NanosPerSecond = 1_000_000_000;

    /// <inheritdoc cref="IAnalyticsStore.AggregateAsync"/>
    public async Task<AggregateAnswer> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await AggregateAsync(query, QuantileMethod.Exact, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException fault) when (fault.Fault == StoreFault.LimitExceeded && query.Aggregates.Any(IsQuantile))
        {
            var answer = await AggregateAsync(query, QuantileMethod.Sketch, cancellationToken).ConfigureAwait(false);
            var warning = new Warning(Warning.Estimated, "There are too many rows for exact quantiles; these are within 0.5 %.");
            return answer with { Warnings = [warning, .. answer.Warnings] };
        }
    }

    private async Task<AggregateAnswer> AggregateAsync(AggregateQuery query, QuantileMethod quantiles, CancellationToken cancellationToken)
    {
        var warnings = new List<Warning>();
        var limit = GroupsOf(query, warnings);
        var found = await queries.ReadAsync<Group>(
            AggregateSql.TableSql(tables.Of(query.Selection), query, limit, quantiles), (block, groups) => Read(block, query, groups), cancellationToken).ConfigureAwait(false);
        AddWarnings(query, found, limit, warnings);
        var rows = found.Select(group => group.Row).ToList();
        if (query.Grid is not { } grid || found.Count == 0)
            return new AggregateAnswer(rows, [], warnings);
        return new AggregateAnswer(rows, await ReadSeriesAsync(query, grid, found, quantiles, cancellationToken).ConfigureAwait(false), warnings);
    }

    private static bool IsQuantile(Aggregate aggregate) => aggregate.Function == AggregateFunction.Quantile;

    /// <summary>How many groups the answer may have: over time not more than the points it may have.</summary>
    private static int GroupsOf(AggregateQuery query, List<Warning> warnings)
    {
        if (query.Grid is not { } grid)
            return query.Limit;
        var room = Math.Max(AnalyticsLimits.PointsMax / (grid.Count * query.Aggregates.Count), 1);
        if (room >= query.Limit)
            return query.Limit;
        warnings.Add(new Warning(
            Warning.Capped, $"An answer has at most {AnalyticsLimits.PointsMax} points, so there are at most {room} groups. Take longer steps for more."));
        return room;
    }

    private static void AddWarnings(AggregateQuery query, List<Group> found, int limit, List<Warning> warnings)
    {
        var all = found.Count == 0 ? 0 : found[0].Groups;
        if (all >= AnalyticsLimits.GroupsCountedMax)
        {
            warnings.Add(new Warning(
                Warning.Capped, $"There are more than {AnalyticsLimits.GroupsCountedMax} groups; those met later were not counted. Group by less, or narrow the filter."));
        }
        else if (all > (ulong)limit)
        {
            warnings.Add(new Warning(Warning.Capped, $"These are {found.Count} of {all} groups."));
        }

        for (var i = 0; i < query.Aggregates.Count; i++)
        {
            var aggregate = query.Aggregates[i];
            if (aggregate.Function == AggregateFunction.Distinct && found.Any(group => group.Row.Values[i].Number > AnalyticsLimits.DistinctExactMax))
                warnings.Add(new Warning(Warning.Estimated, $"{aggregate.Name} is an estimate beyond {AnalyticsLimits.DistinctExactMax}."));
            if (aggregate.Function == AggregateFunction.Top && found.Any(group => group.IsEstimated))
                warnings.Add(new Warning(Warning.Estimated, $"The counts of {aggregate.Name} are estimates: the field has very many values."));
        }
    }

    private async Task<IReadOnlyList<AggregateSeries>> ReadSeriesAsync(
        AggregateQuery query, StepGrid grid, List<Group> found, QuantileMethod quantiles, CancellationToken cancellationToken)
    {
        var places = new Dictionary<ulong, int>(found.Count);
        foreach (var group in found)
            places.TryAdd(group.Hash, places.Count);
        var series = new List<AggregateSeries>(found.Count * query.Aggregates.Count);
        var values = new List<double?[]>(series.Capacity);
        foreach (var group in found)
        {
            for (var i = 0; i < query.Aggregates.Count; i++)
            {
                var points = new double?[grid.Count];
                if (query.Aggregates[i].Function is AggregateFunction.Count or AggregateFunction.Rate)
                    Array.Fill(points, 0);
                values.Add(points);
                series.Add(new AggregateSeries(group.Row.Labels, i, points));
            }
        }

        var sql = AggregateSql.SeriesSql(tables.Of(query.Selection), query, grid, [.. places.Keys], quantiles);
        await foreach (var block in queries.StreamAsync(sql, cancellationToken).ConfigureAwait(false))
            Fill(block, query, grid, places, values);
        return series;
    }

    private static void Fill(NativeBlock block, AggregateQuery query, StepGrid grid, Dictionary<ulong, int> places, List<double?[]> values)
    {
        var hashes = block.GetUInt64("Hash");
        var steps = block.GetInt64("Step");
        for (var i = 0; i < query.Aggregates.Count; i++)
        {
            var column = NumbersOf(block, i);
            for (var row = 0; row < block.RowCount; row++)
            {
                if (!places.TryGetValue(hashes[row], out var group) || (ulong)steps[row] >= (ulong)grid.Count)
                    continue;
                var step = (int)steps[row];
                var seconds = SecondsOf(query.Selection.Range, grid, step);
                values[(group * query.Aggregates.Count) + i][step] = ValueOf(column, row, query.Aggregates[i], seconds);
            }
        }
    }

    /// <summary>How much of a step the range covers: the first and the last one may be cut.</summary>
    private static double SecondsOf(TimeRange range, StepGrid grid, int step)
    {
        var start = (ulong)((grid.First + step) * grid.StepNanos);
        var end = start + (ulong)grid.StepNanos;
        return (Math.Min(end, range.EndUnixNano) - Math.Max(start, range.StartUnixNano)) / NanosPerSecond;
    }

    private static void Read(NativeBlock block, AggregateQuery query, List<Group> groups)
    {
        var labels = Enumerable.Range(0, query.GroupBy.Count).Select(i => block.Get<ResultColumn>(AggregateSql.GroupName(i))).ToList();
        var hashes = block.GetUInt64("Hash");
        var count = block.GetUInt64("Groups");
        var range = query.Selection.Range;
        var seconds = (range.EndUnixNano - range.StartUnixNano) / NanosPerSecond;
        for (var row = 0; row < block.RowCount; row++)
        {
            var values = new AggregateValue[query.Aggregates.Count];
            var isEstimated = false;
            for (var i = 0; i < values.Length; i++)
            {
                if (query.Aggregates[i].IsNumber)
                {
                    values[i] = new AggregateValue(ValueOf(NumbersOf(block, i), row, query.Aggregates[i], seconds));
                    continue;
                }

                values[i] = new AggregateValue(null, CountedValues.Read(block.GetArray(AggregateSql.AggregateName(i)), row, out var hasErrors));
                isEstimated |= hasErrors;
            }

            groups.Add(new Group(new AggregateRow([.. labels.Select(label => TextOf(label, row))], values), hashes[row], count[row], isEstimated));
        }
    }

    private static NullableResultColumn NumbersOf(NativeBlock block, int aggregate) => block.GetNullable(AggregateSql.AggregateName(aggregate));

    private static double? ValueOf(NullableResultColumn column, int row, Aggregate aggregate, double seconds)
    {
        if (column.IsNull(row))
            return null;
        var value = ((FixedResultColumn<double>)column.Values)[row];
        if (aggregate.Function == AggregateFunction.Rate)
            value /= seconds;
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>A text that may be missing; a dictionary says so itself.</summary>
    private static string? TextOf(ResultColumn column, int row) => column.IsNull(row)
        ? null
        : ((BytesResultColumn)(column is NullableResultColumn nullable ? nullable.Values : column)).GetString(row);

    /// <param name="Row">The group as it is answered.</param>
    /// <param name="Hash">By which its steps are found.</param>
    /// <param name="Groups">How many groups there are in all.</param>
    /// <param name="IsEstimated">Whether counts of top values are estimates.</param>
    private readonly record struct Group(AggregateRow Row, ulong Hash, ulong Groups, bool IsEstimated);
}
