using Otelier.Signals;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>
/// Takes one of so many equal spells of time, chosen by a hash, so that the engine does not read the rest: a sample by row would read
/// nearly every granule. The same range gives the same sample.
/// </summary>
/// <param name="SpellNanos">How long a spell is, in nanoseconds.</param>
/// <param name="OneOf">One of how many spells is taken; 1 for all.</param>
internal readonly record struct TimeSample(ulong SpellNanos, ulong OneOf)
{
    /// <summary>Rows per spell: some granules, so that what is passed over is passed over whole.</summary>
    private const ulong SpellRows = 40_000;

    /// <summary>Spells of a range at least, so that a sample is spread over it.</summary>
    private const ulong SpellsMin = 100;

    /// <summary>A sample of about <paramref name="rowsMax"/> of so many rows; all where there are no more.</summary>
    public static TimeSample Of(TimeRange range, ulong rows, ulong rowsMax)
    {
        if (rows <= rowsMax)
            return new TimeSample(0, 1);
        var spells = Math.Max(rows / SpellRows, SpellsMin);
        return new TimeSample(Math.Max((range.EndUnixNano - range.StartUnixNano) / spells, 1), (rows + rowsMax - 1) / rowsMax);
    }

    /// <summary>Whether there are rows that are not looked at.</summary>
    public bool IsPartial => OneOf > 1;

    /// <summary>Writes the condition, after others; nothing where all rows are taken.</summary>
    public void AppendAnd(SqlBuilder sql, SearchedTable table)
    {
        if (IsPartial)
            sql.AppendLine($"  AND intHash64(intDiv(toUnixTimestamp64Nano({table.Time}), {sql.UInt64(SpellNanos)})) % {sql.UInt64(OneOf)} = 0");
    }
}
