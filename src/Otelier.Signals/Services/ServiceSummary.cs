namespace Otelier.Signals.Services;

/// <summary>One service over a range of time.</summary>
/// <param name="Name">The value of <c>service.name</c>; empty for spans without one.</param>
/// <param name="Figures">Of its requests.</param>
/// <param name="Seconds">The length of the range in seconds.</param>
/// <param name="FirstSeenUnixNano">The first minute of the range that has spans, in nanoseconds since 1970.</param>
/// <param name="LastSeenUnixNano">The last minute of the range that has spans, in nanoseconds since 1970.</param>
public sealed record ServiceSummary(
    string Name, RedFigures Figures, double Seconds, ulong FirstSeenUnixNano, ulong LastSeenUnixNano);

/// <summary>One operation of a service over a range of time.</summary>
/// <param name="Name">The span name.</param>
/// <param name="Kind">The protocol's number of the span kind.</param>
/// <param name="Figures">Of all its spans.</param>
/// <param name="Seconds">The length of the range in seconds.</param>
public sealed record OperationSummary(string Name, int Kind, RedFigures Figures, double Seconds);

/// <summary>A service with its operations.</summary>
/// <param name="Service">The service.</param>
/// <param name="Operations">By the time spent in them, the most first.</param>
/// <param name="Warnings">In what way the answer is less than what was asked for. Usually empty.</param>
public sealed record ServiceDetail(ServiceSummary Service, IReadOnlyList<OperationSummary> Operations, IReadOnlyList<Warning> Warnings);
