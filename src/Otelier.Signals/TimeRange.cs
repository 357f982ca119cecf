namespace Otelier.Signals;

/// <summary>A half-open range of time, [start, end), in nanoseconds since 1970.</summary>
public readonly record struct TimeRange(ulong StartUnixNano, ulong EndUnixNano);
