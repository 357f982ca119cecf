using Otelier.Signals.Ids;

namespace Otelier.Signals.Traces.Analysis;

/// <summary>What the shape of a trace is worked out from: a span without its attributes, events and links.</summary>
/// <param name="SpanId">Usually unique in the trace; see <see cref="TraceTree"/> for when it is not.</param>
/// <param name="ParentSpanId">Zero for a root.</param>
/// <param name="StartTimeUnixNano">In nanoseconds since 1970, by the clock of the sender.</param>
/// <param name="DurationNanos">In nanoseconds.</param>
/// <param name="ServiceName">The resource's <c>service.name</c>, empty where there is none.</param>
/// <param name="Name">The span's name.</param>
/// <param name="Kind">The protocol's number.</param>
/// <param name="StatusCode">0 unset, 1 ok, 2 error; other numbers survive.</param>
/// <param name="EventCount">How many events it has.</param>
/// <param name="LinkCount">How many links it has.</param>
/// <param name="FollowsParent">Whether a link says that it follows from its parent, which then did not wait for it.</param>
public readonly record struct TraceSpan(
    SpanId SpanId,
    SpanId ParentSpanId,
    ulong StartTimeUnixNano,
    ulong DurationNanos,
    string ServiceName,
    string Name,
    int Kind,
    int StatusCode,
    int EventCount,
    int LinkCount,
    bool FollowsParent)
{
    private const int Error = 2;

    /// <summary>In nanoseconds since 1970; the latest there is where the sum has no room.</summary>
    public ulong EndTimeUnixNano => DurationNanos > ulong.MaxValue - StartTimeUnixNano ? ulong.MaxValue : StartTimeUnixNano + DurationNanos;

    public bool IsError => StatusCode == Error;

    /// <summary>Whether it is the receiving side of a call or a message: SERVER or CONSUMER.</summary>
    internal bool IsReceiver => Kind is SpanKindNumber.Server or SpanKindNumber.Consumer;
}

/// <summary>Numbers of opentelemetry.proto.trace.v1.Span.SpanKind.</summary>
internal static class SpanKindNumber
{
    public const int Server = 2;
    public const int Producer = 4;
    public const int Consumer = 5;
}
