namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// One statement, without FORMAT and with no value from outside in its text: values are parameters, written <c>{name:Type}</c>.
/// </summary>
/// <param name="Text">The SQL.</param>
/// <param name="Parameters">The values of its placeholders.</param>
/// <param name="Limits">What it may cost.</param>
internal sealed record SqlStatement(string Text, IReadOnlyList<SqlParameter> Parameters, QueryLimits Limits)
{
    /// <summary>Where the transport tells what the statement reads; <see langword="null"/> for nowhere.</summary>
    internal QueryMeter? Meter { get; init; }

    /// <summary>A statement of our own that has no values and no limits: DDL, maintenance.</summary>
    internal static SqlStatement Unlimited(string text, params IReadOnlyList<SqlParameter> parameters) =>
        new(text, parameters, QueryLimits.None);
}
