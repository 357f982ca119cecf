using Otelier.Signals.Ids;

namespace Otelier.Signals.Traces.Analysis;

/// <summary>Finds every span's parent and puts the spans in preorder. Nothing here recurses: a trace may be as deep as it is large.</summary>
internal sealed class TraceTreeOrder
{
    private const int None = -1;

    private readonly TraceSpan[] _sorted;
    private readonly int[] _parents;
    private readonly Dictionary<SpanId, Bearers> _bearers;

    private TraceTreeOrder(IReadOnlyCollection<TraceSpan> spans)
    {
        _sorted = [.. new HashSet<TraceSpan>(spans)];
        DuplicateCount = spans.Count - _sorted.Length;
        // Of spans that start together the longer is rather the parent.
        Array.Sort(_sorted, static (a, b) =>
            (a.StartTimeUnixNano, b.DurationNanos, a.SpanId.Bytes).CompareTo((b.StartTimeUnixNano, a.DurationNanos, b.SpanId.Bytes)));
        _bearers = FindBearers();
        _parents = new int[_sorted.Length];
        for (var i = 0; i < _sorted.Length; i++)
            _parents[i] = FindParent(i);
        CutCycles();
        Spans = new TraceSpan[_sorted.Length];
        Parents = new int[_sorted.Length];
        Place();
    }

    /// <summary>In preorder.</summary>
    public TraceSpan[] Spans { get; }

    /// <summary>For every row the row of its parent, or -1.</summary>
    public int[] Parents { get; }

    public int DuplicateCount { get; }

    public int CycleCount { get; private set; }

    public static TraceTreeOrder Of(IReadOnlyCollection<TraceSpan> spans) => new(spans);

    private Dictionary<SpanId, Bearers> FindBearers()
    {
        var found = new Dictionary<SpanId, Bearers>(_sorted.Length);
        for (var i = 0; i < _sorted.Length; i++)
        {
            var id = _sorted[i].SpanId;
            if (!found.TryGetValue(id, out var bearers))
                found.Add(id, new Bearers(i, None));
            else if (bearers.Receiver == None && _sorted[i].IsReceiver != _sorted[bearers.First].IsReceiver)
                // By its clock the receiver may have started before the caller.
                found[id] = _sorted[i].IsReceiver ? bearers with { Receiver = i } : new Bearers(i, bearers.First);
        }

        return found;
    }

    private int FindParent(int i)
    {
        ref readonly var span = ref _sorted[i];
        var own = _bearers[span.SpanId];
        if (own.Receiver == i)
            return own.First;
        if (span.ParentSpanId.IsZero || !_bearers.TryGetValue(span.ParentSpanId, out var bearers))
            return None;
        var isCallersOwn = bearers.Receiver == None
            || (_sorted[bearers.First].ServiceName == span.ServiceName && _sorted[bearers.Receiver].ServiceName != span.ServiceName);
        return isCallersOwn ? bearers.First : bearers.Receiver;
    }

    /// <summary>Walks from every span upwards; a walk that meets itself has found a circle, which loses the parent of its earliest span.</summary>
    private void CutCycles()
    {
        var walks = new int[_sorted.Length];
        for (var i = 0; i < _sorted.Length; i++)
        {
            var walk = i + 1;
            var at = i;
            while (at != None && walks[at] == 0)
            {
                walks[at] = walk;
                at = _parents[at];
            }

            if (at == None || walks[at] != walk)
                continue;
            var earliest = at;
            for (var next = _parents[at]; next != at; next = _parents[next])
                earliest = Math.Min(earliest, next);
            _parents[earliest] = None;
            CycleCount++;
        }
    }

    private void Place()
    {
        // Chains of siblings in order of start; the spans at the top are siblings too.
        var (firstChild, nextSibling) = (new int[_sorted.Length], new int[_sorted.Length]);
        Array.Fill(firstChild, None);
        var top = None;
        for (var i = _sorted.Length - 1; i >= 0; i--)
        {
            ref var first = ref _parents[i] == None ? ref top : ref firstChild[_parents[i]];
            (nextSibling[i], first) = (first, i);
        }

        var rows = new int[_sorted.Length];
        var row = 0;
        var at = top;
        while (at != None)
        {
            rows[at] = row;
            Spans[row] = _sorted[at];
            Parents[row++] = _parents[at] == None ? None : rows[_parents[at]];
            if (firstChild[at] != None)
            {
                at = firstChild[at];
                continue;
            }

            while (at != None && nextSibling[at] == None)
                at = _parents[at];
            if (at != None)
                at = nextSibling[at];
        }
    }

    /// <summary>The spans that bear an id and may have children by it.</summary>
    /// <param name="First">The caller, or the earliest.</param>
    /// <param name="Receiver">The receiving side where it has the caller's id, or -1.</param>
    private readonly record struct Bearers(int First, int Receiver);
}
