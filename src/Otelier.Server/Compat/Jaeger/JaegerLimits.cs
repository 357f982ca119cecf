namespace Otelier.Server.Compat.Jaeger;

/// <summary>The named limits and defaults of Jaeger's API.</summary>
internal static class JaegerLimits
{
    /// <summary>Traces of a search where the caller names no number.</summary>
    public const int TracesDefault = 100;

    /// <summary>Most traces of a search; more are not refused, for Jaeger's UI offers more, but not given.</summary>
    public const int TracesMax = 1000;

    /// <summary>Most spans of an answer: the traces that are begun before it is reached come whole.</summary>
    public const int SpansMax = 200_000;

    /// <summary>Most pages of the store's that one search asks for.</summary>
    public const int PagesMax = 50;

    /// <summary>Most tags of one search.</summary>
    public const int TagsMax = 50;

    /// <summary>How far a search looks back where the caller does not say, as Jaeger does.</summary>
    public static TimeSpan LookbackDefault { get; } = TimeSpan.FromDays(2);

    /// <summary>Lists of services and operations tell those of so long a time; Jaeger's API has no place to say.</summary>
    public static TimeSpan NamesRange { get; } = TimeSpan.FromDays(7);

    /// <summary>The dependencies where the caller does not say of how long a time, as Jaeger has it.</summary>
    public static TimeSpan DependenciesDefault { get; } = TimeSpan.FromDays(1);
}
