using Otelier.Signals.Ids;

namespace Otelier.Signals.Traces;

/// <summary>One line of a trace search. What it counts are the spans within <see cref="TraceQuery.LookAround"/> of the match.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="RootService">The service of the root; of the earliest span where no root is stored.</param>
/// <param name="RootName">The name of the same span.</param>
/// <param name="StartTimeUnixNano">When the earliest span started, in nanoseconds since 1970.</param>
/// <param name="DurationNanos">From there to the end of the span that ended last, in nanoseconds.</param>
/// <param name="SpanCount">How many spans are stored.</param>
/// <param name="ErrorCount">How many of them have the status error.</param>
/// <param name="Services">The distinct services, in alphabetical order; at most <see cref="TraceQuery.ServicesMax"/>.</param>
public sealed record TraceSummary(
    TraceId TraceId,
    string RootService,
    string RootName,
    ulong StartTimeUnixNano,
    ulong DurationNanos,
    ulong SpanCount,
    ulong ErrorCount,
    IReadOnlyList<string> Services);
