using Otelier.Signals;

namespace Otelier.Server.Ingest;

internal sealed partial class OtlpHttpEndpoints
{
    [LoggerMessage(EventName = "otlp.http.failed", Level = LogLevel.Error, Message = "An OTLP/HTTP request for {Signal} failed.")]
    private partial void LogFailed(Exception exception, Signal signal);
}
