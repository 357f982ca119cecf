namespace Otelier.Signals.Services;

/// <summary>The named limits of questions about services.</summary>
public static class ServiceLimits
{
    /// <summary>Most services told of one range.</summary>
    public const int ServicesMax = 10_000;

    /// <summary>Most operations told of one service.</summary>
    public const int OperationsMax = 1000;

    /// <summary>Most lines of rate, errors and durations over time.</summary>
    public const int RedLinesMax = 1000;

    /// <summary>Most steps of such a line.</summary>
    public const int RedStepsMax = 11_000;

    /// <summary>Most points of all lines together.</summary>
    public const int RedPointsMax = 1_000_000;

    /// <summary>About how many steps there are where nobody names one.</summary>
    public const int RedStepsAutomatic = 120;

    /// <summary>Most spans that are paired for one service map; of a range with more whose calls are not stored the newest part is looked at.</summary>
    public const long MapSpansMax = 2_000_000;

    /// <summary>Most spans of one minute that are paired; of a minute with more, some of the traces stand for all.</summary>
    public const long MapMinuteSpansMax = 500_000;

    /// <summary>Most edges of a service map; those with the most calls are kept.</summary>
    public const int MapEdgesMax = 5000;
}
