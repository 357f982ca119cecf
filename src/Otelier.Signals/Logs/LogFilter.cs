using Otelier.Signals.Filters;

namespace Otelier.Signals.Logs;

/// <summary>Filters log records in memory, with the meaning that filters have in the store.</summary>
public static class LogFilter
{
    private static readonly RowReader<LogRecord> Reader = new(
        record => record.Attributes,
        record => record.Resource,
        record => record.Scope,
        new Dictionary<IntrinsicField, FieldReader<LogRecord>>
        {
            [IntrinsicField.ServiceName] = new FieldReader<LogRecord>.Text(record => record.Resource.ServiceName),
            [IntrinsicField.TraceId] = new FieldReader<LogRecord>.Text(record => record.TraceId.IsZero ? "" : record.TraceId.ToString()),
            [IntrinsicField.SpanId] = new FieldReader<LogRecord>.Text(record => record.SpanId.IsZero ? "" : record.SpanId.ToString()),
            [IntrinsicField.SeverityNumber] = new FieldReader<LogRecord>.Number(record => record.SeverityNumber),
            [IntrinsicField.SeverityText] = new FieldReader<LogRecord>.Text(record => record.SeverityText),
            [IntrinsicField.Body] = new FieldReader<LogRecord>.Body(BodyOf),
            [IntrinsicField.EventName] = new FieldReader<LogRecord>.Text(record => record.EventName),
            [IntrinsicField.ScopeName] = new FieldReader<LogRecord>.Text(record => record.Scope.Name),
            [IntrinsicField.ScopeVersion] = new FieldReader<LogRecord>.Text(record => record.Scope.Version),
            [IntrinsicField.Time] = new FieldReader<LogRecord>.Number(record => record.TimestampUnixNano),
        },
        BodyOf);

    /// <summary>The filter as a function, to be made once and used for many records. Thread-safe.</summary>
    /// <exception cref="ArgumentException">The filter is larger than <see cref="Filter.DepthMax"/> or has a pattern that is none.</exception>
    public static Func<LogRecord, bool> Compile(Filter filter) => CompiledFilter.Compile(filter, Reader);

    private static StoredValue BodyOf(LogRecord record) =>
        record.Body is { } body ? new StoredValue(body.Value.Text.ToArray(), body.Value.Letter) : default;
}
