namespace Otelier.Signals;

/// <summary>
/// Decides which kind of partition a row goes to, so that wild clocks cannot make a partition each. The time itself is
/// stored as it was sent. The numbers are stored and must not change.
/// </summary>
public static class TimeClass
{
    /// <summary>A partition per day.</summary>
    public const byte Day = 0;

    /// <summary>Received more than <see cref="LateAfter"/> after its time: a partition per month.</summary>
    public const byte Month = 1;

    /// <summary>Before 2000, or more than <see cref="FutureMax"/> after it was received: one partition for all of them.</summary>
    public const byte Quarantine = 2;

    /// <summary>How far in the future a time may lie.</summary>
    public static readonly TimeSpan FutureMax = TimeSpan.FromDays(7);

    /// <summary>How old a time may be when it is received to get a partition of its day.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromDays(35);

    private const ulong Year2000UnixNano = 946_684_800_000_000_000;

    public static void Fill(ReadOnlySpan<ulong> times, long receivedUnixNano, Span<byte> classes)
    {
        for (var i = 0; i < classes.Length; i++)
            classes[i] = Of(times[i], receivedUnixNano);
    }

    public static byte Of(ulong timeUnixNano, long receivedUnixNano)
    {
        var late = (ulong)receivedUnixNano - ((ulong)LateAfter.Ticks * 100);
        return timeUnixNano < Year2000UnixNano || timeUnixNano > LatestOf(receivedUnixNano) ? Quarantine : timeUnixNano < late ? Month : Day;
    }

    /// <summary>How many of <paramref name="times"/> go to the quarantine.</summary>
    public static int CountQuarantined(ReadOnlySpan<ulong> times, long receivedUnixNano)
    {
        var latest = LatestOf(receivedUnixNano);
        var count = 0;
        // Asked of every request: the search is vectorised, and usually it is all there is to do.
        for (var rest = times; rest.IndexOfAnyExceptInRange(Year2000UnixNano, latest) is >= 0 and var at; rest = rest[(at + 1)..])
            count++;
        return count;
    }

    private static ulong LatestOf(long receivedUnixNano) => (ulong)receivedUnixNano + ((ulong)FutureMax.Ticks * 100);
}
