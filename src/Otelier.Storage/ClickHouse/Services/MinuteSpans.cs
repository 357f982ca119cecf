using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>
/// How many spans each minute of a range has, and whether its calls are settled: found among exactly the spans that there are. Spans that
/// came late, or are gone, unsettle a minute without anybody having to say so.
/// </summary>
internal sealed class MinuteSpans
{
    public const uint HourMinutes = 60;

    private const ulong MinuteSeconds = 60;

    private readonly Dictionary<uint, ulong> _spans;
    private readonly Dictionary<uint, ulong> _settled;
    private readonly Dictionary<uint, ulong> _settledHours;

    private MinuteSpans(Dictionary<uint, ulong> spans, Dictionary<uint, ulong> settled, Dictionary<uint, ulong> settledHours, MinuteRun range)
    {
        _spans = spans;
        _settled = settled;
        _settledHours = settledHours;
        NewestFirst = [.. spans.Keys.Union(settled.Keys).Where(minute => minute >= range.First && minute <= range.Last).OrderDescending()];
    }

    /// <summary>The minutes of the range that have spans, or stored calls from when they had some.</summary>
    public IReadOnlyList<uint> NewestFirst { get; }

    /// <summary>How many spans a minute has.</summary>
    public ulong this[uint minute] => _spans.GetValueOrDefault(minute);

    /// <summary>The first minute of the hour in which a minute is.</summary>
    public static uint HourOf(uint minute) => minute / HourMinutes * HourMinutes;

    /// <summary>How many spans some minutes have.</summary>
    public ulong Of(MinuteRun minutes)
    {
        var spans = 0UL;
        for (var minute = minutes.First; minute <= minutes.Last; minute++)
            spans += this[minute];
        return spans;
    }

    /// <summary>Asks the store.</summary>
    /// <param name="queries">The way to the store.</param>
    /// <param name="tenant">Whose spans.</param>
    /// <param name="range">Whole minutes.</param>
    /// <param name="cancellationToken">Stops the work in the store too.</param>
    public static async Task<MinuteSpans> ReadAsync(QueryRunner queries, TenantId tenant, MinuteRun range, CancellationToken cancellationToken)
    {
        var settled = queries.ReadAsync<(uint, ulong)>(CallSql.Settled(CallTable.Minutes, tenant, range.Range), Read, cancellationToken);
        var hours = queries.ReadAsync<(uint, ulong)>(CallSql.Settled(CallTable.Hours, tenant, range.Range), Read, cancellationToken);
        var spans = await queries.ReadAsync<(uint, ulong)>(CallSql.SpansByMinute(tenant, range.Around.Range), Read, cancellationToken).ConfigureAwait(false);
        return new MinuteSpans(
            ToDictionary(spans), ToDictionary(await settled.ConfigureAwait(false)), ToDictionary(await hours.ConfigureAwait(false)), range);
    }

    /// <summary>How many spans a minute and those beside it have.</summary>
    public ulong Around(uint minute) => CallPairing.Around(minute, at => this[at]);

    /// <summary>Whether the calls of a minute may be taken from where they were stored.</summary>
    public bool IsSettled(uint minute) => _settled.TryGetValue(minute, out var spans) && spans == Around(minute);

    /// <summary>The same of the hour that begins with a minute, all of which is in the range.</summary>
    public bool IsHourSettled(uint first) => _settledHours.TryGetValue(first, out var spans) && spans == AroundHour(first);

    /// <summary>The sum of <see cref="Around"/> of an hour's minutes that have spans.</summary>
    public ulong AroundHour(uint first)
    {
        var spans = 0UL;
        for (var minute = first; minute < first + HourMinutes; minute++)
            spans += this[minute] == 0 ? 0 : Around(minute);
        return spans;
    }

    private static Dictionary<uint, ulong> ToDictionary(List<(uint Minute, ulong Spans)> rows) => rows.ToDictionary(row => row.Minute, row => row.Spans);

    private static void Read(NativeBlock block, List<(uint Minute, ulong Spans)> rows)
    {
        var seconds = block.GetUInt64("Second");
        var spans = block.GetUInt64("Spans");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(((uint)(seconds[row] / MinuteSeconds), spans[row]));
    }
}
