namespace Otelier.Signals.Logs;

/// <summary>Which records are of one stream.</summary>
public enum LogStream
{
    /// <summary>Those whose resource has the very same attributes: what one process logged.</summary>
    Resource,

    /// <summary>Those of one <c>service.name</c>.</summary>
    Service,
}

/// <summary>A question for the records next to one in its stream.</summary>
/// <param name="Tenant">Whose records.</param>
/// <param name="Id">The record.</param>
/// <param name="Before">Most records before it, 0 to <see cref="SideMax"/>.</param>
/// <param name="After">Most records after it, 0 to <see cref="SideMax"/>.</param>
/// <param name="Stream">Which stream.</param>
public sealed record LogContextQuery(TenantId Tenant, LogId Id, int Before, int After, LogStream Stream)
{
    /// <summary>Most records on either side.</summary>
    public const int SideMax = 100;

    /// <summary>Records on either side where the caller names no number.</summary>
    public const int SideDefault = 10;

    /// <summary>How far from the record its neighbours are looked for, on either side.</summary>
    public static TimeSpan Reach { get; } = TimeSpan.FromDays(1);
}

/// <summary>The answer to a <see cref="LogContextQuery"/>.</summary>
/// <param name="Records">Oldest first.</param>
/// <param name="Index">The place of the record asked for.</param>
public sealed record LogContext(IReadOnlyList<LogRecord> Records, int Index);
