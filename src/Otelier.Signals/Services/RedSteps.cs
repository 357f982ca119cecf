namespace Otelier.Signals.Services;

/// <summary>Lengths of steps over the per-minute rollups.</summary>
public static class RedSteps
{
    /// <summary>Lengths that people find natural, in minutes; longer ones are whole days.</summary>
    private static readonly int[] NaturalMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

    /// <summary>A natural length for about <see cref="ServiceLimits.RedStepsAutomatic"/> steps, in minutes.</summary>
    public static int AutomaticMinutes(TimeRange range)
    {
        var minutes = (double)(range.EndUnixNano - range.StartUnixNano) / TimeRange.MinuteNanos / ServiceLimits.RedStepsAutomatic;
        foreach (var natural in NaturalMinutes)
        {
            if (natural >= minutes)
                return natural;
        }

        return (int)Math.Ceiling(minutes / NaturalMinutes[^1]) * NaturalMinutes[^1];
    }
}
