using Otelier.Signals.Columns;
using Otelier.Signals.Ids;

namespace Otelier.Signals.Logs;

/// <summary>The log records of one Export request, as columns (opentelemetry.proto.logs.v1).</summary>
public sealed class LogBatch : SignalBatch
{
    public LogBatch()
    {
        ScopeIndex = Own(new FixedColumn<int>());
        TimeUnixNano = Own(new FixedColumn<ulong>());
        ObservedTimeUnixNano = Own(new FixedColumn<ulong>());
        SeverityNumber = Own(new FixedColumn<int>());
        SeverityText = Own(new DictionaryColumn());
        Body = Own(new StringColumn());
        BodySignature = Own(new DictionaryColumn());
        Attributes = Own(new AttributesColumn());
        DroppedAttributesCount = Own(new FixedColumn<uint>());
        Flags = Own(new FixedColumn<uint>());
        TraceId = Own(new FixedColumn<TraceId>());
        SpanId = Own(new FixedColumn<SpanId>());
        EventName = Own(new DictionaryColumn());
    }

    public override Signal Signal => Signal.Logs;

    public override int Count => TimeUnixNano.Count;

    /// <summary>For every record its scope's place in <see cref="SignalBatch.Scopes"/>.</summary>
    public FixedColumn<int> ScopeIndex { get; }

    /// <summary>Zero where the sender does not know.</summary>
    public FixedColumn<ulong> TimeUnixNano { get; }

    public FixedColumn<ulong> ObservedTimeUnixNano { get; }

    /// <summary>1 to 24, or 0 for unspecified; other numbers survive.</summary>
    public FixedColumn<int> SeverityNumber { get; }

    public DictionaryColumn SeverityText { get; }

    /// <summary>The body's text; of an array or a kvlist its JSON.</summary>
    public StringColumn Body { get; }

    /// <summary>The signature of the body as a single value; empty where the record has no body.</summary>
    public DictionaryColumn BodySignature { get; }

    public AttributesColumn Attributes { get; }

    public FixedColumn<uint> DroppedAttributesCount { get; }

    public FixedColumn<uint> Flags { get; }

    /// <summary>Zero where the record belongs to no trace, or came with an id that is none.</summary>
    public FixedColumn<TraceId> TraceId { get; }

    public FixedColumn<SpanId> SpanId { get; }

    public DictionaryColumn EventName { get; }

    /// <summary>The time by which a record is stored: its own, else when it was observed, else when it was received.</summary>
    public static ulong TimestampOf(ulong timeUnixNano, ulong observedTimeUnixNano, long receivedUnixNano) =>
        timeUnixNano != 0 ? timeUnixNano : observedTimeUnixNano != 0 ? observedTimeUnixNano : (ulong)receivedUnixNano;

    /// <inheritdoc/>
    public override int CountQuarantined(long receivedUnixNano)
    {
        var times = TimeUnixNano.Values;
        if (TimeClass.CountQuarantined(times, receivedUnixNano) == 0)
            return 0;
        var observed = ObservedTimeUnixNano.Values;
        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (TimeClass.Of(TimestampOf(times[i], observed[i], receivedUnixNano), receivedUnixNano) == TimeClass.Quarantine)
                count++;
        }

        return count;
    }

    protected override void ClearNested()
    {
    }

    protected override void ReleaseNested()
    {
    }
}
