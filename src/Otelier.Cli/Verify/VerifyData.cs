using System.Globalization;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Otlp;

namespace Otelier.Cli.Verify;

/// <summary>
/// What a run writes: every field of the protocol and every kind of value at least once, with edges such as the largest integer,
/// an empty text and a negative scale. Everything carries <see cref="RunKey"/>.
/// </summary>
internal sealed class VerifyData
{
    public const string Service = "otelier-verify";
    public const string RunKey = "otelier.verify.run";
    public const string ItemKey = "otelier.verify.item";
    public const int LogCount = 12;
    public const int TraceCount = 3;
    public const int SpansPerTrace = 6;

    /// <summary>The value of <see cref="RunKey"/> and the instant all times are counted from: a whole minute in the past.</summary>
    public VerifyData(string run, DateTimeOffset now, Random random)
    {
        Run = run;
        Minute = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(-1);
        var resource = new Resource(new AttributeList
        {
            { "service.name", Service },
            { "service.version", "1.0.0" },
            { "service.instance.id", run },
            { "host.arch", "amd64" },
            { "process.pid", 4711 },
            { "process.command_args", AnyValue.Of("otelier", "verify") },
        })
        {
            DroppedAttributesCount = 2,
        };
        var scope = new Scope("otelier.verify", "1.2.3")
        {
            Attributes = new AttributeList { { "scope.note", "kept" }, { "scope.level", 3 } },
            DroppedAttributesCount = 1,
        };
        var traces = Enumerable.Range(0, TraceCount).Select(_ => Trace(random)).ToArray();
        TraceIds = [.. traces.Select(t => Convert.ToHexStringLower(t[0].TraceId))];
        Spans = Group(resource, scope, [.. traces.SelectMany(t => t)]);
        Logs = Group(resource, scope, Enumerable.Range(0, LogCount).Select(i => Log(i, traces[0])).ToArray());
        Metrics = Group(resource, scope, VerifyMetrics.Of(this, traces[0][0]));
    }

    public string Run { get; }

    public DateTimeOffset Minute { get; }

    /// <summary>The range to ask for: wide enough for everything, narrow enough for a busy server.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Range => (Minute.AddMinutes(-1), Minute.AddMinutes(3));

    public IReadOnlyList<string> TraceIds { get; }

    public IReadOnlyList<ResourceGroup<Span>> Spans { get; }

    public IReadOnlyList<ResourceGroup<LogRecord>> Logs { get; }

    public IReadOnlyList<ResourceGroup<Metric>> Metrics { get; }

    public IEnumerable<Span> AllSpans => Spans[0].Scopes[0].Items;

    public IEnumerable<LogRecord> AllLogs => Logs[0].Scopes[0].Items;

    public IEnumerable<Metric> AllMetrics => Metrics[0].Scopes[0].Items;

    /// <summary>An instant of this run, to the nanosecond.</summary>
    public ulong At(double seconds, ulong nanos = 0) => (Minute + TimeSpan.FromSeconds(seconds)).ToUnixNanos() + nanos;

    private Span[] Trace(Random random)
    {
        var traceId = Id(random, 16);
        var spanIds = Enumerable.Range(0, SpansPerTrace).Select(_ => Id(random, 8)).ToArray();
        return [.. spanIds.Select((id, i) => new Span(traceId, id, i == 0 ? [] : spanIds[(i - 1) / 2], $"step {i}", (SpanKind)i)
        {
            TraceState = i == 0 ? "vendor=a,other=b" : "",
            Flags = i == 1 ? 0x301u : 0x101,
            StartNanos = At(1 + i, 7),
            EndNanos = At(20 - i, 123_456_789),
            Attributes = Attributes(i),
            DroppedAttributesCount = (uint)i,
            Events = i == 2 ? Events() : [],
            DroppedEventsCount = i == 2 ? 4u : 0,
            Links = i == 3 ? [new SpanLink(Id(random, 16), Id(random, 8), new AttributeList { { "link.reason", "retry" } })
            {
                TraceState = "link=yes",
                DroppedAttributesCount = 1,
                Flags = 0x100,
            }] : [],
            DroppedLinksCount = i == 3 ? 2u : 0,
            Status = i switch { 2 => StatusCode.Error, 4 => StatusCode.Ok, _ => StatusCode.Unset },
            StatusMessage = i == 2 ? "it broke: “badly” ✗" : "",
        })];
    }

    private List<SpanEvent> Events() =>
    [
        new SpanEvent(At(5, 1), "exception", new AttributeList
        {
            { "exception.type", "Otelier.KnownFault" },
            { "exception.message", "known fault" },
            { "exception.stacktrace", "Otelier.KnownFault: known fault\n\tat verify()" },
        })
        {
            DroppedAttributesCount = 3,
        },
        new SpanEvent(At(6, 2), "plain", []),
    ];

    /// <summary>Every kind of value; <paramref name="item"/> makes them differ.</summary>
    private AttributeList Attributes(int item) => new()
    {
        { RunKey, Run },
        { ItemKey, item },
        { "text", $"value {item} – ünïcödé 🙂" },
        { "text.empty", "" },
        { "text.number", "200" },
        { "number.whole", 200 + item },
        { "number.largest", long.MaxValue },
        { "number.smallest", long.MinValue },
        { "number.double", 0.1 + item },
        { "number.double.whole", 5.0 },
        { "number.infinite", double.PositiveInfinity },
        { "flag.true", true },
        { "flag.false", false },
        { "bytes", new AnyValue.Binary([0, 1, 2, 254, 255]) },
        { "list.text", AnyValue.Of("a", "", "c") },
        { "list.mixed", new AnyValue.Sequence(["a", 1, 2.5, true, new AnyValue.Empty(), new AnyValue.Sequence([1])]) },
        { "list.empty", new AnyValue.Sequence([]) },
        { "map", new AttributeList { { "inner", "x" }, { "deeper", new AttributeList { { "n", 1 } } } } },
        { "map.empty", new AttributeList() },
        { "nothing", new AnyValue.Empty() },
    };

    private LogRecord Log(int item, Span[] trace) => new(
        At(10 + item, (ulong)item), item == 0 ? 0 : 1 + (item * 2), item == 0 ? "" : $"LEVEL{item}", Body(item))
    {
        ObservedNanos = At(12 + item, 5),
        Attributes = Attributes(item),
        DroppedAttributesCount = (uint)item,
        Flags = item < SpansPerTrace ? 1u : 0,
        TraceId = item < SpansPerTrace ? trace[item].TraceId : [],
        SpanId = item < SpansPerTrace ? trace[item].SpanId : [],
        EventName = item == 4 ? "verify.event" : "",
    };

    private static AnyValue? Body(int item) => item switch
    {
        6 => new AttributeList { { "message", "structured" }, { "fields", new AttributeList { { "a", 1 }, { "b", 2.5 } } } },
        7 => new AnyValue.Sequence(["first", 2]),
        8 => 42,
        9 => true,
        10 => "",
        11 => null,
        _ => string.Create(CultureInfo.InvariantCulture, $"Known log line {item}: \"quoted\"\n\tand indented"),
    };

    private static ResourceGroup<T>[] Group<T>(Resource resource, Scope scope, IReadOnlyList<T> items) =>
    [
        new(resource, [new ScopeGroup<T>(scope, items) { SchemaUrl = "https://opentelemetry.io/schemas/1.37.0" }])
        {
            SchemaUrl = "https://opentelemetry.io/schemas/1.36.0",
        },
    ];

    private static byte[] Id(Random random, int length)
    {
        var id = new byte[length];
        random.NextBytes(id);
        id[0] |= 1;
        return id;
    }
}
