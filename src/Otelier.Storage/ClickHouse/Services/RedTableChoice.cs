using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>A rollup by the minute. Its rows are parts of sums, so everything is summed.</summary>
/// <param name="Table">The table.</param>
/// <param name="Measured">The column that counts what its durations are of.</param>
/// <param name="MeasuredErrors">The column that counts the errors of these.</param>
internal sealed record RedTableChoice(string Table, string Measured, string MeasuredErrors)
{
    /// <summary>A line per service, with the durations of its requests.</summary>
    public static RedTableChoice Services { get; } = new(RedTable.Services.Name, "Requests", "RequestErrors");

    /// <summary>A line per operation, with the durations of its spans.</summary>
    public static RedTableChoice Operations { get; } = new(RedTable.Operations.Name, "Count", "Errors");

    /// <summary>What <see cref="ReadFigures"/> reads, by the groups of a statement.</summary>
    public string Sums =>
        $"sum(Count) AS Spans, sum(Errors) AS ErrorSpans, sum({Measured}) AS MeasuredSpans, sum({MeasuredErrors}) AS MeasuredErrorSpans, "
        + "sum(DurationSum) AS Duration, max(DurationMax) AS Longest";

    /// <summary>The rollups know minutes only, so a range is widened to whole ones.</summary>
    public static TimeRange WholeMinutes(TimeRange range) => Whole(range, 1);

    /// <summary>The same, and its beginning to a whole step.</summary>
    public static TimeRange Whole(TimeRange range, int stepMinutes)
    {
        var step = TimeRange.MinuteNanos * (ulong)stepMinutes;
        return new(range.StartUnixNano / step * step, (range.EndUnixNano + TimeRange.MinuteNanos - 1) / TimeRange.MinuteNanos * TimeRange.MinuteNanos);
    }

    /// <summary>Writes <c>FROM … WHERE</c> with tenant and time; further conditions are added with AND.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="tenant">Whose lines.</param>
    /// <param name="minutes">A range of whole minutes.</param>
    public SqlBuilder From(SqlBuilder sql, TenantId tenant, TimeRange minutes) => sql.FromMinutes(Table, tenant, minutes);

    /// <summary>Reads <see cref="Sums"/>.</summary>
    /// <param name="block">The answer.</param>
    /// <param name="bucketsOf">The durations' buckets of a row.</param>
    public static Func<int, RedFigures> ReadFigures(NativeBlock block, Func<int, IReadOnlyDictionary<ushort, ulong>> bucketsOf)
    {
        var spans = block.GetUInt64("Spans");
        var errors = block.GetUInt64("ErrorSpans");
        var measured = block.GetUInt64("MeasuredSpans");
        var measuredErrors = block.GetUInt64("MeasuredErrorSpans");
        var duration = block.GetUInt64("Duration");
        var longest = block.GetUInt64("Longest");
        return row => new RedFigures
        {
            SpanCount = spans[row],
            ErrorCount = errors[row],
            MeasuredCount = measured[row],
            MeasuredErrorCount = measuredErrors[row],
            DurationSumNanos = duration[row],
            DurationMaxNanos = longest[row],
            Buckets = bucketsOf(row),
        };
    }
}
