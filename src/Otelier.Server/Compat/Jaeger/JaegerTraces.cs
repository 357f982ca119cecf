using System.Runtime.CompilerServices;
using Otelier.Signals;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces;
using Otelier.Storage;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>A trace to be read, and where its spans are.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Hint">Where all its spans start; <see langword="null"/> where that is not known.</param>
/// <param name="SpanCount">How many it has; 0 where that is not known.</param>
internal readonly record struct JaegerTraceRef(TraceId TraceId, TimeRange? Hint, ulong SpanCount = 0);

/// <summary>Some spans of one trace, in the order of their start.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Spans">Valid until the next are asked for.</param>
/// <param name="IsFirst">Whether these are the trace's first.</param>
/// <param name="IsLast">Whether none follow.</param>
/// <param name="IsCapped">Of the last ones, whether the trace has more than are read of it.</param>
internal readonly record struct JaegerSpans(TraceId TraceId, IReadOnlyList<Span> Spans, bool IsFirst, bool IsLast, bool IsCapped);

/// <summary>Finds traces as Jaeger's search does, and reads them one after the other.</summary>
internal sealed class JaegerTraces(ITraceStore store)
{
    private const int SpansPerPiece = 1000;

    // Traces of a search are mostly small, and a query costs more than they do.
    private const ulong SpansTogetherMax = 20_000;

    /// <summary>The newest traces with a matching span.</summary>
    public async Task<IReadOnlyList<JaegerTraceRef>> FindAsync(TenantId tenant, JaegerSearch search, CancellationToken cancellationToken)
    {
        var found = new List<JaegerTraceRef>();
        PageKey? after = null;
        for (var page = 0; page < JaegerLimits.PagesMax && found.Count < search.Limit; page++)
        {
            var traces = await store.FindTracesAsync(
                new TraceQuery(tenant, search.Range, search.Filter, search.Limit - found.Count, after), cancellationToken);
            found.AddRange(traces.Items.Select(trace => new JaegerTraceRef(trace.TraceId, Around(trace), trace.SpanCount)));
            if (traces.Next is not { } next)
                break;
            after = next;
        }

        return found;
    }

    /// <summary>
    /// Reads traces piece by piece. Those that are not there are passed over; none is begun once <see cref="JaegerLimits.SpansMax"/> spans were read.
    /// </summary>
    public async IAsyncEnumerable<JaegerSpans> ReadAsync(
        TenantId tenant, IReadOnlyList<JaegerTraceRef> traces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var total = 0;
        for (var next = 0; next < traces.Count && total < JaegerLimits.SpansMax;)
        {
            var together = CountTogether(traces, next);
            var pieces = together > 1
                ? ReadTogetherAsync(tenant, [.. traces.Skip(next).Take(together)], cancellationToken)
                : ReadOneAsync(tenant, traces[next], cancellationToken);
            await foreach (var piece in pieces.WithCancellation(cancellationToken))
            {
                total += piece.Spans.Count;
                yield return piece;
            }

            next += Math.Max(together, 1);
        }
    }

    /// <summary>How many of the next traces are so small that they are read with one query.</summary>
    private static int CountTogether(IReadOnlyList<JaegerTraceRef> traces, int next)
    {
        var spans = 0UL;
        var end = next;
        while (end < traces.Count && traces[end] is { SpanCount: > 0, Hint: not null } trace && spans + trace.SpanCount <= SpansTogetherMax)
        {
            spans += trace.SpanCount;
            end++;
        }

        return end - next;
    }

    private async IAsyncEnumerable<JaegerSpans> ReadTogetherAsync(
        TenantId tenant, List<JaegerTraceRef> traces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new TimeRange(traces.Min(trace => trace.Hint!.Value.StartUnixNano), traces.Max(trace => trace.Hint!.Value.EndUnixNano));
        var byTrace = new Dictionary<TraceId, List<Span>>();
        await foreach (var span in store.GetTracesAsync(tenant, [.. traces.Select(trace => trace.TraceId)], range, cancellationToken))
        {
            if (!byTrace.TryGetValue(span.TraceId, out var spans))
                byTrace.Add(span.TraceId, spans = []);
            spans.Add(span);
        }

        foreach (var trace in traces)
        {
            if (byTrace.TryGetValue(trace.TraceId, out var spans))
                yield return new JaegerSpans(trace.TraceId, spans, IsFirst: true, IsLast: true, IsCapped: false);
        }
    }

    private async IAsyncEnumerable<JaegerSpans> ReadOneAsync(
        TenantId tenant, JaegerTraceRef trace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spans = new List<Span>();
        var count = 0;
        var isFirst = true;
        await foreach (var span in store.GetTraceAsync(tenant, trace.TraceId, trace.Hint, cancellationToken))
        {
            if (++count > TraceLimits.SpansMax)
                break;
            if (spans.Count == SpansPerPiece)
            {
                yield return new JaegerSpans(trace.TraceId, spans, isFirst, IsLast: false, IsCapped: false);
                isFirst = false;
                spans.Clear();
            }

            spans.Add(span);
        }

        if (spans.Count > 0)
            yield return new JaegerSpans(trace.TraceId, spans, isFirst, IsLast: true, count > TraceLimits.SpansMax);
    }

    /// <summary>Reads a trace id, which Jaeger lets be shorter, for ids once had 16 digits.</summary>
    public static bool TryParseId(string? text, out TraceId traceId)
    {
        traceId = default;
        return text is { Length: > 0 and <= TraceId.Size * 2 } && TraceId.TryParse(text.PadLeft(TraceId.Size * 2, '0'), out traceId) && !traceId.IsZero;
    }

    /// <summary>A summary looks no further than this for a trace's spans either.</summary>
    private static TimeRange Around(TraceSummary trace)
    {
        var margin = (ulong)TraceQuery.LookAround.Ticks * 100;
        return new TimeRange(trace.StartTimeUnixNano - Math.Min(trace.StartTimeUnixNano, margin), Math.Min(trace.StartTimeUnixNano + trace.DurationNanos + margin, long.MaxValue));
    }
}
