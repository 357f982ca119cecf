namespace Otelier.Cli.Load;

/// <summary>Log records, each tied to a span of its own trace.</summary>
internal sealed class LogLoadBatch(byte[] bytes, int bodyLength, int items, int[] marks, bool numbered) : LoadBatch(bytes, bodyLength, items)
{
    /// <summary>Marks per record, in the order <see cref="LogTemplate"/> takes them.</summary>
    private const int Time = 0, BodyDigits = 1, User = 2, RequestId = 3, Elapsed = 4, Number = 5, TraceId = 6, SpanId = 7, Observed = 8;

    public const int Marks = 9;

    private const uint Users = 50_000;
    private const int RecordsPerTrace = 4;
    private const ulong NanosBetweenRecords = 1_700;

    public override void Patch(ulong run, long first, ulong nowNanos)
    {
        var bytes = Bytes;
        for (var i = 0; i < Items; i++)
        {
            var mark = marks.AsSpan(i * Marks, Marks);
            var number = (ulong)first + (ulong)i;
            var random = Overwrite.Scatter(run ^ number);
            var traceRandom = Overwrite.Scatter(~run ^ ((ulong)first + (ulong)(i / RecordsPerTrace)));
            var time = nowNanos - ((ulong)(Items - i) * NanosBetweenRecords) - (random & 1023);

            Overwrite.Fixed64(bytes, mark[Time], time);
            Overwrite.Fixed64(bytes, mark[Observed], time + 20_000 + ((random >> 10) & 0x3FFF));
            Overwrite.Digits(bytes, mark[BodyDigits], 8, (uint)random);
            Overwrite.Digits(bytes, mark[User], 5, (uint)(traceRandom >> 16) % Users);
            Overwrite.Uuid(bytes, mark[RequestId], Overwrite.Scatter(random), random);
            Overwrite.Varint3(bytes, mark[Elapsed], (uint)(random >> 20));
            if (numbered)
            {
                Overwrite.BigEndian64(bytes, mark[TraceId], run);
                Overwrite.BigEndian64(bytes, mark[TraceId] + 8, number);
                Overwrite.BigEndian64(bytes, mark[SpanId], number);
                Overwrite.Varint10(bytes, mark[Number], number);
            }
            else
            {
                Overwrite.Fixed64(bytes, mark[TraceId], traceRandom);
                Overwrite.Fixed64(bytes, mark[TraceId] + 8, Overwrite.Scatter(traceRandom));
                Overwrite.Fixed64(bytes, mark[SpanId], random);
            }
        }
    }
}
