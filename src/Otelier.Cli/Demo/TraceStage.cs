using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

internal sealed record StagedSpan(ShopInstance Instance, Span Span);

internal sealed record StagedLog(ShopInstance Instance, LogRecord Log);

/// <summary>
/// Plays one trace: scenes open spans inside one another and let simulated time pass. The clock never runs backwards, so a child
/// always lies inside its parent.
/// </summary>
internal sealed class TraceStage(Random random, ulong startNanos)
{
    private const int DepthMax = 64;
    private const uint Sampled = 1;
    private const uint HasIsRemote = 0x100, IsRemote = 0x200;

    private readonly byte[] _traceId = Id(random, 16);
    private readonly Stack<StagedSpan> _open = new();

    public Random Random => random;

    public ulong Now { get; private set; } = startNanos;

    public List<StagedSpan> Spans { get; } = [];

    public List<StagedLog> Logs { get; } = [];

    public ulong EndNanos => Spans.Max(s => s.Span.EndNanos);

    public StagedSpan Current => _open.Peek();

    /// <summary>A link to the current span, for what is caused by it but is not inside it.</summary>
    public SpanLink LinkToCurrent(AttributeList attributes) => new(_traceId, Current.Span.SpanId, attributes) { Flags = Sampled };

    /// <summary>Lets time pass: mostly about <paramref name="millis"/>, sometimes several times as long.</summary>
    public void Spend(double millis)
    {
        // A log-normal factor around one: sums of many small delays look like this.
        var gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        Now += 1 + (ulong)(millis * 1e6 * Math.Exp(0.35 * gauss));
    }

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>
    /// Plays <paramref name="scene"/> inside a new span, which is a child of the current one. Where there is none, the parent is
    /// the span that <paramref name="cause"/> names, if that is in this trace.
    /// </summary>
    public StagedSpan In(
        ShopInstance instance, string name, SpanKind kind, AttributeList attributes, Action? scene = null, SpanLink? cause = null)
    {
        if (_open.Count == DepthMax)
            throw new InvalidOperationException("The demo's scenes call each other without end.");
        var parent = _open.TryPeek(out var outer) ? outer : null;
        var caused = parent is null && cause is not null && ReferenceEquals(cause.TraceId, _traceId);
        var remote = caused || (parent is not null && !ReferenceEquals(parent.Instance, instance));
        var span = new Span(_traceId, Id(random, 8), caused ? cause!.SpanId : parent?.Span.SpanId ?? [], name, kind)
        {
            StartNanos = Now,
            Flags = Sampled | HasIsRemote | (remote ? IsRemote : 0),
            Attributes = attributes,
        };
        var staged = new StagedSpan(instance, span);
        Spans.Add(staged);
        _open.Push(staged);
        scene?.Invoke();
        _open.Pop();
        Now += 1;
        span.EndNanos = Now;
        return staged;
    }

    public void Set(string key, AnyValue value) => Current.Span.Attributes.Set(key, value);

    public void Event(string name, AttributeList attributes) => Current.Span.Events.Add(new SpanEvent(Now, name, attributes));

    /// <summary>Records an exception in the current span and marks it failed.</summary>
    public void Throw(string type, string message, string stackTrace)
    {
        Event("exception", new AttributeList
        {
            { "exception.type", type },
            { "exception.message", message },
            { "exception.stacktrace", $"{type}: {message}\n{stackTrace}" },
        });
        Fail(message, type);
    }

    public void Fail(string message, string errorType)
    {
        Current.Span.Status = StatusCode.Error;
        Current.Span.StatusMessage = message;
        Set("error.type", errorType);
    }

    public void Log(Severity severity, AnyValue body, AttributeList? attributes = null, string eventName = "") =>
        Logs.Add(new StagedLog(Current.Instance, new LogRecord(Now, (int)severity, severity.ToString().ToUpperInvariant(), body)
        {
            ObservedNanos = Now + 150_000,
            Attributes = attributes ?? [],
            Flags = Sampled,
            TraceId = _traceId,
            SpanId = Current.Span.SpanId,
            EventName = eventName,
        }));

    private static byte[] Id(Random random, int length)
    {
        var id = new byte[length];
        random.NextBytes(id);
        id[0] |= 1;
        return id;
    }
}

/// <summary>The lowest severity number of each of OTLP's ranges that the demo uses.</summary>
internal enum Severity
{
    Debug = 5,
    Info = 9,
    Warn = 13,
    Error = 17,
}
