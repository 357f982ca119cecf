namespace Otelier.Cli.Load;

/// <summary>
/// Spans whose traces run through the whole request: span i is the (i / traces)th call of trace i mod traces, its parent is
/// the call before it, and it lies inside its parent in time.
/// </summary>
internal sealed class SpanLoadBatch(byte[] bytes, int bodyLength, int items, int[] marks, bool numbered) : LoadBatch(bytes, bodyLength, items)
{
    /// <summary>How many calls deep a trace is, when the batch is large enough.</summary>
    public const int CallsPerTrace = 10;

    /// <summary>Marks per span, in the order <see cref="SpanTemplate"/> takes them.</summary>
    private const int TraceId = 0, SpanId = 1, Parent = 2, Start = 3, End = 4, Path = 5, Size = 6, User = 7, RequestId = 8, Number = 9, Event = 10;

    public const int Marks = 11;

    private const uint Users = 50_000;

    public static int TracesIn(int items) => Math.Max(1, items / CallsPerTrace);

    public override void Patch(ulong run, long first, ulong nowNanos)
    {
        var bytes = Bytes;
        var traces = TracesIn(Items);
        var calls = (ulong)((Items + traces - 1) / traces);
        for (int i = 0, trace = 0, call = 0; i < Items; i++)
        {
            var mark = marks.AsSpan(i * Marks, Marks);
            var number = (ulong)first + (ulong)i;
            var random = Overwrite.Scatter(run ^ number);
            var traceNumber = (ulong)first + (ulong)trace;
            var traceRandom = Overwrite.Scatter(~run ^ traceNumber);

            if (numbered)
            {
                Overwrite.BigEndian64(bytes, mark[TraceId], run);
                Overwrite.BigEndian64(bytes, mark[TraceId] + 8, traceNumber);
                Overwrite.BigEndian64(bytes, mark[SpanId], number);
                Overwrite.Varint10(bytes, mark[Number], number);
            }
            else
            {
                Overwrite.Fixed64(bytes, mark[TraceId], traceRandom);
                Overwrite.Fixed64(bytes, mark[TraceId] + 8, Overwrite.Scatter(traceRandom));
                Overwrite.Fixed64(bytes, mark[SpanId], random);
            }

            if (mark[Parent] >= 0)
            {
                var parent = number - (ulong)traces;
                if (numbered)
                    Overwrite.BigEndian64(bytes, mark[Parent], parent);
                else
                    Overwrite.Fixed64(bytes, mark[Parent], Overwrite.Scatter(run ^ parent));
            }

            // From 1 to 255 ms, most of them short; each call leaves its child at least one step on both sides.
            var whole = (1UL << (20 + (int)(traceRandom & 7))) + (traceRandom >> 44);
            var step = whole / ((2 * calls) + 2);
            var start = nowNanos - whole + (step * (ulong)call) + (random % step);
            var end = nowNanos - (step * (ulong)call) - ((random >> 32) % step);
            Overwrite.Fixed64(bytes, mark[Start], start);
            Overwrite.Fixed64(bytes, mark[End], end);
            Overwrite.Digits(bytes, mark[Path], 8, (uint)random);
            Overwrite.Varint3(bytes, mark[Size], (uint)(random >> 20));
            Overwrite.Digits(bytes, mark[User], 5, (uint)(traceRandom >> 16) % Users);
            Overwrite.Uuid(bytes, mark[RequestId], Overwrite.Scatter(random), random);
            if (mark[Event] >= 0)
                Overwrite.Fixed64(bytes, mark[Event], start + ((end - start) / 2));

            if (++trace == traces)
            {
                trace = 0;
                call++;
            }
        }
    }
}
