namespace Otelier.Signals.Metrics;

/// <summary>What the points of one series in one step come to.</summary>
/// <param name="Count">How many points with a value.</param>
/// <param name="Sum">Of their values.</param>
/// <param name="Min">Of their values.</param>
/// <param name="Max">Of their values.</param>
/// <param name="LastUnixNano">The time of the newest.</param>
/// <param name="Last">The value of the newest.</param>
/// <param name="SquaredDeviations">The sum of the squares of what they differ from their mean by; of meaning for <see cref="MetricAggregation.StandardDeviation"/> alone.</param>
public readonly record struct NumberStep(ulong Count, double Sum, double Min, double Max, ulong LastUnixNano, double Last, double SquaredDeviations = 0);

/// <summary>Puts the series' steps together by group and works out the answer. Bounded in series and points. Not thread-safe.</summary>
public sealed class AnswerBuilder(MetricQuery query)
{
    private readonly Dictionary<string, Group> _byLabels = new(StringComparer.Ordinal);
    private readonly List<Group> _groups = [];

    // Which groups are at the top is known only when all of them are there.
    private readonly int _groupsMax = Math.Min(
        query.Top is null ? MetricLimits.AnswerSeriesMax : MetricLimits.SeriesMax, Math.Max(1, MetricLimits.AnswerPointsMax / Math.Max(1, query.Grid.Count)));

    /// <summary>Whether series were left out because there are too many.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>The group of these labels; -1 where there are too many already.</summary>
    /// <param name="labelValues">The values of the query's labels.</param>
    public int GroupOf(IReadOnlyList<string> labelValues)
    {
        var key = string.Join('\0', labelValues.Select(value => $"{value.Length}:{value}"));
        if (_byLabels.TryGetValue(key, out var known))
            return known.Index;
        if (_groups.Count == _groupsMax)
        {
            IsCapped = true;
            return -1;
        }

        var group = new Group(_groups.Count, labelValues, query.Grid.Count);
        _groups.Add(group);
        _byLabels.Add(key, group);
        return group.Index;
    }

    /// <summary>Adds the points of one series in a step.</summary>
    /// <param name="group">From <see cref="GroupOf"/>.</param>
    /// <param name="step">The step's number, as of <see cref="StepGrid.First"/>; those outside the grid are passed over.</param>
    /// <param name="values">What they come to.</param>
    public void Add(int group, long step, NumberStep values)
    {
        if (CellOf(group, step) is not { } cell)
            return;
        var isNewer = values.LastUnixNano > cell.LastUnixNano || cell.Count == 0;
        if (isNewer || (values.LastUnixNano == cell.LastUnixNano && values.Last > cell.Last))
            (cell.LastUnixNano, cell.Last) = (values.LastUnixNano, values.Last);
        cell.Min = cell.Count == 0 ? values.Min : Math.Min(cell.Min, values.Min);
        cell.Max = cell.Count == 0 ? values.Max : Math.Max(cell.Max, values.Max);
        cell.SquaredDeviations += values.SquaredDeviations + BetweenMeans(cell, values);
        cell.Count += values.Count;
        cell.Sum += values.Sum;
        cell.Increase += values.Sum;
    }

    /// <summary>Adds the growth of one series in a step.</summary>
    /// <param name="group">From <see cref="GroupOf"/>.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="increase">How much it grew.</param>
    public void Add(int group, long step, double increase)
    {
        if (CellOf(group, step) is not { } cell)
            return;
        cell.Count++;
        cell.Increase += increase;
    }

    /// <summary>Adds what came into one series in a step.</summary>
    /// <param name="group">From <see cref="GroupOf"/>.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="values">The distribution of what came in; of one kind in all of the query.</param>
    public void Add(int group, long step, Distribution values)
    {
        if (CellOf(group, step) is { } cell)
            cell.Values = cell.Values is { } before ? before.Plus(values) : values;
    }

    /// <summary>The answer of all that was added.</summary>
    public MetricAnswer Build(IEnumerable<Warning> warnings)
    {
        var series = _groups
            .Where(group => Array.Exists(group.Cells, cell => cell is not null))
            .OrderBy(group => group.LabelValues, Comparer<IReadOnlyList<string>>.Create(CompareLabels))
            .Select(group => new AnswerSeries(group.LabelValues, [.. group.Cells.Select(ValueOf)]))
            .ToList();
        if (query.Top is { } top)
            series = [.. series.OrderByDescending(one => one.Values.Average() ?? double.NegativeInfinity).Take(top)];
        Warning[] capped = IsCapped ? [new Warning(Warning.Capped, $"The answer is cut to {_groupsMax} series; filter, or group by fewer labels.")] : [];
        return new MetricAnswer(query.Grid, query.GroupBy, series, [.. warnings, .. capped]);
    }

    private Cell? CellOf(int group, long step)
    {
        var index = step - query.Grid.First;
        return group < 0 || index < 0 || index >= query.Grid.Count ? null : _groups[group].Cells[index] ??= new Cell();
    }

    private double? ValueOf(Cell? cell)
    {
        if (cell is null)
            return null;
        var value = cell.Values is { } values ? ValueOf(values) : ValueOfNumbers(cell);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>What putting two sets of values together adds to their squared deviations (Chan, Golub, LeVeque).</summary>
    private static double BetweenMeans(Cell cell, NumberStep values)
    {
        if (cell.Count == 0 || values.Count == 0)
            return 0;
        var difference = (values.Sum / values.Count) - (cell.Sum / cell.Count);
        return difference * difference * cell.Count * values.Count / (cell.Count + values.Count);
    }

    private double ValueOf(Distribution values) => query.Aggregation switch
    {
        MetricAggregation.Average => values.Sum / values.Count,
        MetricAggregation.Sum => values.Sum,
        MetricAggregation.Min => values.Min,
        MetricAggregation.Max => values.Max,
        MetricAggregation.Count or MetricAggregation.Increase => values.Count,
        MetricAggregation.Rate => values.Count / query.Grid.StepSeconds,
        MetricAggregation.Quantile => values.Quantile(query.Quantile),
        _ => double.NaN,
    };

    private double ValueOfNumbers(Cell cell) => query.Aggregation switch
    {
        MetricAggregation.Average => cell.Sum / cell.Count,
        MetricAggregation.Sum => cell.Sum,
        MetricAggregation.Min => cell.Min,
        MetricAggregation.Max => cell.Max,
        MetricAggregation.Count => cell.Count,
        MetricAggregation.Last => cell.Last,
        MetricAggregation.Increase or MetricAggregation.Delta or MetricAggregation.Derivative => cell.Increase,
        MetricAggregation.StandardDeviation => Math.Sqrt(cell.SquaredDeviations / cell.Count),
        MetricAggregation.Rate => cell.Increase / query.Grid.StepSeconds,
        _ => double.NaN,
    };

    private static int CompareLabels(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            var order = string.CompareOrdinal(a[i], b[i]);
            if (order != 0)
                return order;
        }

        return 0;
    }

    private sealed class Group(int index, IReadOnlyList<string> labelValues, int steps)
    {
        public int Index { get; } = index;

        public IReadOnlyList<string> LabelValues { get; } = labelValues;

        public Cell?[] Cells { get; } = new Cell?[steps];
    }

    private sealed class Cell
    {
        public double Count;
        public double Sum;
        public double Min;
        public double Max;
        public ulong LastUnixNano;
        public double Last;
        public double Increase;
        public double SquaredDeviations;
        public Distribution? Values;
    }
}
