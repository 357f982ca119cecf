namespace Otelier.Server.Ingest;

internal sealed partial class OtlpGrpcEndpoints
{
    [LoggerMessage(EventName = "otlp.grpc.failed", Level = LogLevel.Error, Message = "The gRPC call {Path} failed.")]
    private partial void LogFailed(Exception exception, string? path);
}
