using Otelier.Signals.Ids;

namespace Otelier.Signals.Traces.Analysis;

/// <summary>
/// The spans of one trace as a tree, in preorder: a row's number is its place, its descendants are the rows right behind it.
/// Siblings stand in the order of their start. Immutable; safe to read from any thread.
/// </summary>
/// <remarks>
/// Nothing that was sent is left out, apart from spans that came twice: a span whose parent is not there stands at the top as an orphan,
/// and so does the earliest span of a circle, which is cut there. Where the receiving side of a call has the caller's own
/// span id (as Zipkin's clients send it), it stands below the caller. Times are shown as they were sent; <see cref="SkewNanos"/> tells
/// by how much a clock seems to be off.
/// </remarks>
public sealed class TraceTree
{
    private readonly TraceSpan[] _spans;
    private readonly int[] _parents;
    private readonly int[] _depths;
    private readonly int[] _childCounts;
    private readonly int[] _descendantCounts;
    private readonly int[] _descendantErrorCounts;
    private readonly bool[] _isCritical;
    private readonly ulong[] _selfTimes;
    private readonly long[] _skews;
    private readonly Dictionary<SpanId, int> _rows;

    private TraceTree(TraceTreeOrder order, bool isCapped)
    {
        (_spans, _parents) = (order.Spans, order.Parents);
        (DuplicateCount, CycleCount, IsCapped) = (order.DuplicateCount, order.CycleCount, isCapped);
        _depths = new int[Count];
        _childCounts = new int[Count];
        _descendantCounts = new int[Count];
        _descendantErrorCounts = new int[Count];
        _rows = new Dictionary<SpanId, int>(Count);
        (StartTimeUnixNano, EndTimeUnixNano) = (ulong.MaxValue, 0);
        for (var row = 0; row < Count; row++)
        {
            ref readonly var span = ref _spans[row];
            _rows.TryAdd(span.SpanId, row);
            _depths[row] = _parents[row] < 0 ? 0 : _depths[_parents[row]] + 1;
            DepthMax = Math.Max(DepthMax, _depths[row]);
            StartTimeUnixNano = Math.Min(StartTimeUnixNano, span.StartTimeUnixNano);
            EndTimeUnixNano = Math.Max(EndTimeUnixNano, span.EndTimeUnixNano);
            RootCount += IsRoot(row) ? 1 : 0;
            OrphanCount += IsOrphan(row) ? 1 : 0;
            ErrorCount += span.IsError ? 1 : 0;
        }

        AddUp();
        _selfTimes = SelfTime.Of(this);
        _skews = ClockSkew.Of(this);
        (CriticalPath, _isCritical) = Analysis.CriticalPath.Of(this);
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _spans.Length;

    /// <summary>How many spans came twice with everything alike and are shown once.</summary>
    public int DuplicateCount { get; }

    /// <summary>How many circles of parents were cut.</summary>
    public int CycleCount { get; }

    /// <summary>Whether the trace has more spans than these, which are the earliest.</summary>
    public bool IsCapped { get; }

    /// <summary>When the earliest span started, in nanoseconds since 1970.</summary>
    public ulong StartTimeUnixNano { get; }

    /// <summary>When the span that ended last ended, in nanoseconds since 1970.</summary>
    public ulong EndTimeUnixNano { get; }

    /// <summary>From the earliest start to the last end, in nanoseconds.</summary>
    public ulong DurationNanos => EndTimeUnixNano - StartTimeUnixNano;

    /// <summary>The depth of the deepest row; a row at the top has depth 0.</summary>
    public int DepthMax { get; }

    /// <summary>How many spans name no parent.</summary>
    public int RootCount { get; }

    /// <summary>How many spans name a parent below which they do not stand.</summary>
    public int OrphanCount { get; }

    /// <summary>How many spans have the status error.</summary>
    public int ErrorCount { get; }

    /// <summary>What the trace waited for, in the order of time; the lengths add up to the duration of <see cref="MainRow"/>.</summary>
    public IReadOnlyList<CriticalPathSection> CriticalPath { get; }

    /// <summary>The row the trace is about: the earliest root; where none is stored, the earliest orphan.</summary>
    public int MainRow
    {
        get
        {
            for (var row = 0; row < Count; row += _descendantCounts[row] + 1)
            {
                if (IsRoot(row))
                    return row;
            }

            return 0;
        }
    }

    public ref readonly TraceSpan this[int row] => ref _spans[row];

    /// <summary>Puts the spans of a trace in order. At least one span.</summary>
    /// <param name="spans">In any order. Kept by nobody.</param>
    /// <param name="isCapped">Whether there are more.</param>
    public static TraceTree Build(IReadOnlyCollection<TraceSpan> spans, bool isCapped = false) => new(TraceTreeOrder.Of(spans), isCapped);

    /// <summary>The row of the parent, or -1 at the top.</summary>
    public int ParentOf(int row) => _parents[row];

    public int DepthOf(int row) => _depths[row];

    public int ChildCountOf(int row) => _childCounts[row];

    /// <summary>How many rows stand below; they are the ones right behind it.</summary>
    public int DescendantCountOf(int row) => _descendantCounts[row];

    /// <summary>How many of the rows below have the status error.</summary>
    public int DescendantErrorCountOf(int row) => _descendantErrorCounts[row];

    /// <summary>Whether the span names no parent and stands at the top.</summary>
    public bool IsRoot(int row) => _parents[row] < 0 && _spans[row].ParentSpanId.IsZero;

    /// <summary>Whether the span names a parent but stands at the top: the parent is not stored, or the span is its own ancestor.</summary>
    public bool IsOrphan(int row) => _parents[row] < 0 && !_spans[row].ParentSpanId.IsZero;

    /// <summary>Whether a part of the critical path is this span's.</summary>
    public bool IsCritical(int row) => _isCritical[row];

    /// <summary>Whether the parent did not wait for the span: it follows from the parent, or takes a message the parent sent.</summary>
    public bool IsAsynchronous(int row) =>
        _parents[row] is >= 0 and var parent
        && (_spans[row].FollowsParent || (_spans[row].Kind == SpanKindNumber.Consumer && _spans[parent].Kind == SpanKindNumber.Producer));

    /// <summary>How long none of the children it waited for was open, in nanoseconds.</summary>
    public ulong SelfTimeNanos(int row) => _selfTimes[row];

    /// <summary>What to add to the span's times so that they fit its parent's, in nanoseconds; 0 where they fit.</summary>
    public long SkewNanos(int row) => _skews[row];

    /// <summary>The row of a span; of several with one id the first. -1 where there is none.</summary>
    public int RowOf(SpanId spanId) => _rows.GetValueOrDefault(spanId, -1);

    private void AddUp()
    {
        for (var row = Count - 1; row > 0; row--)
        {
            if (_parents[row] is not (>= 0 and var parent))
                continue;
            _childCounts[parent]++;
            _descendantCounts[parent] += _descendantCounts[row] + 1;
            _descendantErrorCounts[parent] += _descendantErrorCounts[row] + (_spans[row].IsError ? 1 : 0);
        }
    }
}
