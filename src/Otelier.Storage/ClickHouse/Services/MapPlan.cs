using Otelier.Signals;
using Otelier.Signals.Services;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Which minutes of a service map are taken from where their calls are stored, and whose spans are paired.</summary>
/// <param name="Range">What is answered: the minutes of what was asked for, or the newest of them.</param>
/// <param name="Hours">Hours whose calls are stored, by their first minutes.</param>
/// <param name="Settled">Other minutes whose calls are stored.</param>
/// <param name="Unsettled">Minutes whose spans are paired.</param>
/// <param name="Warnings">What is left out.</param>
internal sealed record MapPlan(
    TimeRange Range, IReadOnlyList<MinuteRun> Hours, IReadOnlyList<MinuteRun> Settled, IReadOnlyList<MinuteRun> Unsettled, IReadOnlyList<Warning> Warnings)
{
    /// <summary>Most spans of several minutes that are paired at once, which bounds the memory that takes.</summary>
    public const ulong RunSpansMax = 100_000;

    /// <summary>Most runs of minutes of one map: each is some statements, or a condition of one.</summary>
    private const int RunsMax = 64;

    /// <param name="minutes">What was asked for.</param>
    /// <param name="spans">What there is.</param>
    public static MapPlan Of(MinuteRun minutes, MinuteSpans spans)
    {
        var hours = new MinuteRuns(ulong.MaxValue);
        var settled = new MinuteRuns(ulong.MaxValue);
        var unsettled = new MinuteRuns(RunSpansMax);
        var paired = 0UL;
        foreach (var minute in spans.NewestFirst)
        {
            if (hours.Runs.Count + settled.Runs.Count + unsettled.Runs.Count >= RunsMax)
                return Narrowed(minute);
            var hour = MinuteSpans.HourOf(minute);
            if (hour >= minutes.First && hour + MinuteSpans.HourMinutes - 1 <= minutes.Last && spans.IsHourSettled(hour))
            {
                hours.Add(hour, 0);
                settled.End();
                unsettled.End();
                continue;
            }

            hours.End();
            if (spans[minute] > 0 && spans.IsSettled(minute))
            {
                settled.Add(minute, 0);
                unsettled.End();
                continue;
            }

            settled.End();
            if (spans[minute] == 0)
                continue;
            var read = Math.Min(spans[minute], (ulong)ServiceLimits.MapMinuteSpansMax);
            paired += read;
            if (paired > (ulong)ServiceLimits.MapSpansMax)
                return Narrowed(minute);
            unsettled.Add(minute, read);
        }

        return Since(minutes.First, []);

        MapPlan Narrowed(uint before) => Since(before + 1, [new Warning(
            Warning.RangeNarrowed,
            $"The range has more than {ServiceLimits.MapSpansMax} spans whose calls are not stored yet; the map is of its part since {DateTimeOffset.FromUnixTimeSeconds((before + 1) * 60L):u}.")]);

        MapPlan Since(uint first, List<Warning> warnings)
        {
            if (spans.NewestFirst.Any(minute => minute >= first && spans[minute] > (ulong)ServiceLimits.MapMinuteSpansMax))
                warnings.Add(new Warning(Warning.Estimated, $"In minutes with more than {ServiceLimits.MapMinuteSpansMax} spans some of the traces stand for all."));
            return new MapPlan(new MinuteRun(first, minutes.Last).Range, hours.Runs, settled.Runs, unsettled.Runs, warnings);
        }
    }
}
