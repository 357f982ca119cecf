using Otelier.Signals.Filters;

namespace Otelier.Signals.Traces;

/// <summary>Filters spans in memory, with the meaning that filters have in the store.</summary>
public static class SpanFilter
{
    private static readonly RowReader<Span> Reader = new(
        span => span.Attributes,
        span => span.Resource,
        span => span.Scope,
        new Dictionary<IntrinsicField, FieldReader<Span>>
        {
            [IntrinsicField.ServiceName] = new FieldReader<Span>.Text(span => span.Resource.ServiceName),
            [IntrinsicField.Name] = new FieldReader<Span>.Text(span => span.Name),
            [IntrinsicField.Kind] = new FieldReader<Span>.Word(span => span.Kind, FieldRegistry.Of(IntrinsicField.Kind).Words),
            [IntrinsicField.Status] = new FieldReader<Span>.Word(span => span.StatusCode, FieldRegistry.Of(IntrinsicField.Status).Words),
            [IntrinsicField.StatusMessage] = new FieldReader<Span>.Text(span => span.StatusMessage),
            [IntrinsicField.DurationNanos] = new FieldReader<Span>.Number(span => span.DurationNanos),
            [IntrinsicField.TraceId] = new FieldReader<Span>.Text(span => span.TraceId.IsZero ? "" : span.TraceId.ToString()),
            [IntrinsicField.SpanId] = new FieldReader<Span>.Text(span => span.SpanId.IsZero ? "" : span.SpanId.ToString()),
            [IntrinsicField.ParentSpanId] = new FieldReader<Span>.Text(span => span.ParentSpanId.IsZero ? "" : span.ParentSpanId.ToString()),
            [IntrinsicField.IsRoot] = new FieldReader<Span>.Flag(span => span.ParentSpanId.IsZero),
            [IntrinsicField.EventName] = new FieldReader<Span>.TextList(span => span.Events.Select(e => e.Name)),
            [IntrinsicField.LinkTraceId] = new FieldReader<Span>.TextList(span => span.Links.Select(link => link.TraceId)),
            [IntrinsicField.ScopeName] = new FieldReader<Span>.Text(span => span.Scope.Name),
            [IntrinsicField.ScopeVersion] = new FieldReader<Span>.Text(span => span.Scope.Version),
            [IntrinsicField.Time] = new FieldReader<Span>.Number(span => span.StartTimeUnixNano),
        },
        span => StoredValue.Of(span.Name))
    {
        EventAttributes = span => span.Events.Select(e => e.Attributes),
        LinkAttributes = span => span.Links.Select(link => link.Attributes),
    };

    /// <summary>The filter as a function, to be made once and used for many spans. Thread-safe.</summary>
    /// <exception cref="ArgumentException">The filter is larger than <see cref="Filter.DepthMax"/> or has a pattern that is none.</exception>
    public static Func<Span, bool> Compile(Filter filter) => CompiledFilter.Compile(filter, Reader);
}
