namespace Otelier.Signals.Metrics;

/// <summary>The answer to a <see cref="MetricQuery"/>.</summary>
/// <param name="Grid">The steps that <see cref="AnswerSeries.Values"/> belong to.</param>
/// <param name="LabelNames">The labels grouped by.</param>
/// <param name="Series">In the order of their labels' values.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for. Usually empty.</param>
public sealed record MetricAnswer(
    StepGrid Grid, IReadOnlyList<string> LabelNames, IReadOnlyList<AnswerSeries> Series, IReadOnlyList<Warning> Warnings);

/// <summary>One line of an answer.</summary>
/// <param name="LabelValues">The values of the answer's labels; empty where the series have none.</param>
/// <param name="Values">One per step; <see langword="null"/> where there was nothing, or nothing that is a finite number.</param>
public sealed record AnswerSeries(IReadOnlyList<string> LabelValues, IReadOnlyList<double?> Values);
