namespace Otelier.Signals;

/// <summary>The named limits of a search.</summary>
public static class SearchLimits
{
    /// <summary>Rows of a page where the caller names no number.</summary>
    public const int PageRowsDefault = 100;

    /// <summary>Most rows of a page.</summary>
    public const int PageRowsMax = 1000;

    /// <summary>Rows up to which a search's rows are counted.</summary>
    public const int CountedRowsMax = 1_000_000;

    /// <summary>How long counting may take.</summary>
    public static TimeSpan CountTimeMax { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest range of time that is searched.</summary>
    public static TimeSpan RangeMax { get; } = TimeSpan.FromDays(31);

    /// <summary>The range where the caller names none: so much, up to now.</summary>
    public static TimeSpan RangeDefault { get; } = TimeSpan.FromHours(1);
}
