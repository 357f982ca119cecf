using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>
/// Answers metric queries: the engine brings points together by series and step, what is left (growth from step to step, restarts,
/// merging of buckets, quantiles) is worked out here from rows as they come.
/// </summary>
internal sealed class MetricQueryReader(QueryRunner queries)
{
    /// <inheritdoc cref="IMetricStore.QueryAsync"/>
    public async Task<MetricAnswer> QueryAsync(MetricQuery query, CancellationToken cancellationToken)
    {
        var warnings = new List<Warning>();
        var found = await queries.ReadAsync<QueriedSeries>(
            QueriedSeries.Sql(query, MetricLimits.SeriesMax + 1), QueriedSeries.Read, cancellationToken).ConfigureAwait(false);
        ulong? lastId = null;
        if (found.Count > MetricLimits.SeriesMax)
        {
            found.RemoveAt(found.Count - 1);
            lastId = found[^1].Id;
            warnings.Add(new Warning(Warning.Capped, $"Only {MetricLimits.SeriesMax} of the series are looked at; filter them."));
        }

        var series = OfOneType(found, warnings);
        var answer = new AnswerBuilder(query);
        foreach (var kind in series.Select(one => one.Kind).Distinct().ToList())
        {
            if (!IsApplicable(query.Aggregation, kind, warnings))
                continue;
            var groups = series.Where(one => one.Kind == kind).ToDictionary(one => one.Id, one => answer.GroupOf(one.LabelValues));
            await AddAsync(new StepSource(query, RangeOf(query, kind), kind, lastId), groups, answer, cancellationToken).ConfigureAwait(false);
        }

        return answer.Build(warnings);
    }

    /// <summary>Whether growth is wanted of numbers that only tell what they have come to.</summary>
    private static bool IsCounter(MetricAggregation aggregation, SeriesKind kind) =>
        kind is { Type: MetricType.Sum, IsCumulative: true } && aggregation is MetricAggregation.Rate or MetricAggregation.Increase;

    private static bool IsTrend(MetricAggregation aggregation) => aggregation is MetricAggregation.Delta or MetricAggregation.Derivative;

    /// <summary>Answers for the type with the most series: one line cannot mix several.</summary>
    private static List<QueriedSeries> OfOneType(List<QueriedSeries> found, List<Warning> warnings)
    {
        var byType = found.GroupBy(one => one.Kind.Type).OrderByDescending(type => type.Count()).ThenBy(type => type.Key).ToList();
        if (byType.Count > 1)
            warnings.Add(new Warning(Warning.NotApplicable, $"The metric has points of several types ({string.Join(", ", byType.Select(type => type.Key))}); this is of {byType[0].Key}. Name the type to choose."));
        return byType.Count == 0 ? [] : [.. byType[0]];
    }

    private static bool IsApplicable(MetricAggregation aggregation, SeriesKind kind, List<Warning> warnings)
    {
        var isNumber = kind.Type is MetricType.Gauge or MetricType.Sum;
        var reason = aggregation switch
        {
            MetricAggregation.Rate or MetricAggregation.Increase when kind.Type == MetricType.Gauge => "A gauge does not count anything, so it has no rate or increase.",
            MetricAggregation.Delta or MetricAggregation.Derivative when kind is not ({ Type: MetricType.Gauge } or { Type: MetricType.Sum, IsCumulative: true, IsMonotonic: false }) =>
                "Change and slope are of values that rise and fall; ask for the increase or rate of what only counts.",
            MetricAggregation.StandardDeviation when !isNumber => "The standard deviation is of gauges and sums; this metric has distributions.",
            MetricAggregation.Quantile when isNumber => "Quantiles are of histograms and summaries; this metric has single values.",
            MetricAggregation.Last when !isNumber => "The last value is of gauges and sums; this metric has distributions.",
            MetricAggregation.Min or MetricAggregation.Max when kind.Type == MetricType.Summary => "A summary does not tell its least and largest value; ask for its quantiles 0 and 1.",
            _ => null,
        };
        if (reason is not null && !warnings.Exists(warning => warning.Message == reason))
            warnings.Add(new Warning(Warning.NotApplicable, reason));
        if (reason is null && aggregation is MetricAggregation.Min or MetricAggregation.Max && !isNumber && kind.IsCumulative)
            warnings.Add(new Warning(Warning.Estimated, "Cumulative histograms tell the least and largest value since their start, not of the step."));
        if (aggregation == MetricAggregation.Quantile && kind.Type == MetricType.Summary)
            warnings.Add(new Warning(Warning.Estimated, "Summaries tell only the quantiles that were sent, and of several series in a group the largest is shown."));
        return reason is null;
    }

    /// <summary>Growth is counted from the last point before the range.</summary>
    private static TimeRange RangeOf(MetricQuery query, SeriesKind kind)
    {
        var range = query.Grid.Range;
        var isGrowth = IsTrend(query.Aggregation) || IsCounter(query.Aggregation, kind) || (kind.IsCumulative && kind.Type != MetricType.Sum);
        if (!isGrowth)
            return range;
        var lookback = Math.Max((ulong)query.Grid.StepNanos, (ulong)MetricLimits.LookbackMin.Ticks * 100);
        return range with { StartUnixNano = range.StartUnixNano - Math.Min(lookback, range.StartUnixNano) };
    }

    private async Task AddAsync(StepSource source, Dictionary<ulong, int> groups, AnswerBuilder answer, CancellationToken cancellationToken)
    {
        var isNumber = source.Kind.Type is MetricType.Gauge or MetricType.Sum;
        var isCounter = IsCounter(source.Query.Aggregation, source.Kind);
        var isTrend = IsTrend(source.Query.Aggregation);
        var sql = isTrend ? StepSql.Trends(source) : isCounter ? StepSql.Counters(source) : isNumber ? StepSql.Numbers(source) : StepSql.Distributions(source);
        var counters = new CounterSteps(source, groups, answer);
        var distributions = new DistributionSteps(source, groups, answer);
        var trends = new TrendSteps(source, groups, answer);
        var rows = 0L;
        await foreach (var block in queries.StreamAsync(sql, cancellationToken).ConfigureAwait(false))
        {
            rows += block.RowCount;
            if (rows > MetricLimits.SeriesStepsMax)
                throw new StoreException(StoreFault.LimitExceeded, $"More than {MetricLimits.SeriesStepsMax} series and steps: take longer steps, a shorter range or fewer series.");
            if (isTrend)
                trends.Add(block);
            else if (isCounter)
                counters.Add(block);
            else if (isNumber)
                AddNumbers(block, groups, answer);
            else
                distributions.Add(block);
        }
    }

    private static void AddNumbers(NativeBlock block, Dictionary<ulong, int> groups, AnswerBuilder answer)
    {
        var series = block.GetUInt64("SeriesId");
        var step = block.GetInt64("Step");
        var points = block.GetUInt64("Points");
        var total = block.GetFloat64("Total");
        var smallest = block.GetFloat64("Smallest");
        var largest = block.GetFloat64("Largest");
        var last = block.GetFloat64("LastValue");
        var lastTime = block.GetInt64("LastTime");
        var deviations = block.Names.Contains("SquaredDeviations") ? block.GetFloat64("SquaredDeviations") : null;
        for (var row = 0; row < block.RowCount; row++)
        {
            if (groups.TryGetValue(series[row], out var group))
                answer.Add(group, step[row], new NumberStep(points[row], total[row], smallest[row], largest[row], (ulong)lastTime[row], last[row], deviations?[row] ?? 0));
        }
    }
}
