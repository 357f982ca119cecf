namespace Otelier.Cli.Otlp;

internal enum SpanKind
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}

internal enum StatusCode
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}

internal enum Temporality
{
    Unspecified = 0,
    Delta = 1,
    Cumulative = 2,
}

internal sealed record Resource(AttributeList Attributes)
{
    public uint DroppedAttributesCount { get; init; }
}

internal sealed record Scope(string Name, string Version)
{
    public AttributeList Attributes { get; init; } = [];
    public uint DroppedAttributesCount { get; init; }
}

internal sealed record ScopeGroup<T>(Scope Scope, IReadOnlyList<T> Items)
{
    public string SchemaUrl { get; init; } = "";
}

internal sealed record ResourceGroup<T>(Resource Resource, IReadOnlyList<ScopeGroup<T>> Scopes)
{
    public string SchemaUrl { get; init; } = "";
}

/// <summary>A span as the wire has it: ids of 16 and 8 bytes (empty: absent), times in unix nanoseconds.</summary>
internal sealed record Span(byte[] TraceId, byte[] SpanId, byte[] ParentSpanId, string Name, SpanKind Kind)
{
    public string TraceState { get; init; } = "";
    public uint Flags { get; init; }
    public ulong StartNanos { get; init; }
    public ulong EndNanos { get; set; }
    public AttributeList Attributes { get; init; } = [];
    public uint DroppedAttributesCount { get; init; }
    public List<SpanEvent> Events { get; init; } = [];
    public uint DroppedEventsCount { get; init; }
    public List<SpanLink> Links { get; init; } = [];
    public uint DroppedLinksCount { get; init; }
    public StatusCode Status { get; set; }
    public string StatusMessage { get; set; } = "";
}

internal sealed record SpanEvent(ulong TimeNanos, string Name, AttributeList Attributes)
{
    public uint DroppedAttributesCount { get; init; }
}

internal sealed record SpanLink(byte[] TraceId, byte[] SpanId, AttributeList Attributes)
{
    public string TraceState { get; init; } = "";
    public uint DroppedAttributesCount { get; init; }
    public uint Flags { get; init; }
}

internal sealed record LogRecord(ulong TimeNanos, int SeverityNumber, string SeverityText, AnyValue? Body)
{
    public ulong ObservedNanos { get; init; }
    public AttributeList Attributes { get; init; } = [];
    public uint DroppedAttributesCount { get; init; }
    public uint Flags { get; init; }
    public byte[] TraceId { get; init; } = [];
    public byte[] SpanId { get; init; } = [];
    public string EventName { get; init; } = "";
}

internal sealed record Metric(string Name, string Unit, string Description, MetricData Data)
{
    public AttributeList Metadata { get; init; } = [];
}

/// <summary>The five kinds of metric data.</summary>
internal abstract record MetricData
{
    internal sealed record Gauge(IReadOnlyList<NumberPoint> Points) : MetricData;

    internal sealed record Sum(IReadOnlyList<NumberPoint> Points, Temporality Temporality, bool Monotonic) : MetricData;

    internal sealed record Histogram(IReadOnlyList<HistogramPoint> Points, Temporality Temporality) : MetricData;

    internal sealed record ExponentialHistogram(IReadOnlyList<ExponentialPoint> Points, Temporality Temporality) : MetricData;

    internal sealed record Summary(IReadOnlyList<SummaryPoint> Points) : MetricData;

    public int PointCount => this switch
    {
        Gauge g => g.Points.Count,
        Sum s => s.Points.Count,
        Histogram h => h.Points.Count,
        ExponentialHistogram e => e.Points.Count,
        Summary s => s.Points.Count,
        _ => throw new InvalidOperationException("A sixth kind of metric data."),
    };
}

/// <summary>What every data point has.</summary>
internal abstract record Point(AttributeList Attributes, ulong StartNanos, ulong TimeNanos)
{
    public uint Flags { get; init; }
}

/// <summary>A number that is either an integer or a double; neither means "no value recorded".</summary>
internal readonly record struct PointValue(long? Integer, double? Number)
{
    public static implicit operator PointValue(long value) => new(value, null);

    public static implicit operator PointValue(double value) => new(null, value);

    public double AsDouble => Number ?? Integer ?? double.NaN;
}

internal sealed record Exemplar(ulong TimeNanos, PointValue Value, byte[] TraceId, byte[] SpanId, AttributeList FilteredAttributes);

internal sealed record NumberPoint(AttributeList Attributes, ulong StartNanos, ulong TimeNanos, PointValue Value)
    : Point(Attributes, StartNanos, TimeNanos)
{
    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];
}

internal sealed record HistogramPoint(
    AttributeList Attributes, ulong StartNanos, ulong TimeNanos, ulong Count, double? Sum, ulong[] BucketCounts, double[] Bounds)
    : Point(Attributes, StartNanos, TimeNanos)
{
    public double? Min { get; init; }
    public double? Max { get; init; }
    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];
}

internal sealed record ExponentialBuckets(int Offset, ulong[] Counts);

internal sealed record ExponentialPoint(
    AttributeList Attributes, ulong StartNanos, ulong TimeNanos, ulong Count, double? Sum, int Scale, ulong ZeroCount)
    : Point(Attributes, StartNanos, TimeNanos)
{
    public ExponentialBuckets? Positive { get; init; }
    public ExponentialBuckets? Negative { get; init; }
    public double ZeroThreshold { get; init; }
    public double? Min { get; init; }
    public double? Max { get; init; }
    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];
}

internal readonly record struct Quantile(double Position, double Value);

internal sealed record SummaryPoint(
    AttributeList Attributes, ulong StartNanos, ulong TimeNanos, ulong Count, double Sum, IReadOnlyList<Quantile> Quantiles)
    : Point(Attributes, StartNanos, TimeNanos);
