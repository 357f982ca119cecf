using System.Globalization;

namespace Otelier.Benchmarks.Report;

/// <summary>A figure as the cells of the table.</summary>
internal sealed record ResultRow(string Case, string Figure, string Value, string Against, string Ratio, string Goal, string Met)
{
    public static readonly string[] Heads = ["case", "figure", "measured", "against", "ratio", "goal", "met"];

    public IReadOnlyList<string> Cells => [Case, Figure, Value, Against, Ratio, Goal, Met];

    public static ResultRow Of(string name, Figure figure) => new(
        name,
        figure.Name,
        Number(figure.Value, figure.Unit),
        figure.Against is { } against ? $"{Number(figure.AgainstValue ?? double.NaN, figure.Unit)} ({against})" : "",
        figure.Ratio is { } ratio ? Times(ratio) : "",
        Text(figure.Goal, figure.Unit),
        figure.Met switch { true => "yes", false => "NO", null => "" });

    /// <summary>The line of a case that could not be run to its end.</summary>
    public static ResultRow Failed(string name, string reason) => new(name, $"failed: {reason.ReplaceLineEndings(" ")}", "", "", "", "", "NO");

    private static string Text(Goal? goal, string unit) => goal is null
        ? ""
        : $"{(goal.AtLeast ? "≥" : "≤")} {(goal.OfRatio ? Times(goal.Bound) : Number(goal.Bound, unit))}";

    private static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}×");

    private static string Number(double value, string unit)
    {
        var text = Math.Abs(value) switch
        {
            >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
            _ => value.ToString("0.##", CultureInfo.InvariantCulture),
        };
        return unit.Length == 0 ? text : $"{text} {unit}";
    }
}
