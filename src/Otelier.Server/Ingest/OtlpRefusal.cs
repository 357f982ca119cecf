using Otelier.Server.Http;

namespace Otelier.Server.Ingest;

/// <summary>An answer over HTTP that is about the route, the method or the headers, and so has a status of its own.</summary>
internal readonly record struct OtlpRefusal(int HttpStatus, RpcCode Code, string Message)
{
    public static OtlpRefusal UnknownPath(string basePath) => new(
        StatusCodes.Status404NotFound,
        RpcCode.NotFound,
        $"Nothing is served here. OTLP/HTTP is at {basePath}/v1/traces, {basePath}/v1/logs and {basePath}/v1/metrics.");

    public static OtlpRefusal Method { get; } = new(
        StatusCodes.Status405MethodNotAllowed, RpcCode.Unimplemented, "OTLP is sent with POST.");

    public static OtlpRefusal ContentType { get; } = new(
        StatusCodes.Status415UnsupportedMediaType,
        RpcCode.InvalidArgument,
        "Content-Type must be application/x-protobuf or application/json (charset utf-8).");

    public static OtlpRefusal ContentEncoding { get; } = new(
        StatusCodes.Status415UnsupportedMediaType,
        RpcCode.InvalidArgument,
        $"Content-Encoding must be one of: {OtlpHeaders.AcceptedCodings}.");

    public static OtlpRefusal Failure { get; } = new(
        StatusCodes.Status500InternalServerError, RpcCode.Internal, "The server failed; its log says why.");

    public static OtlpRefusal Origin { get; } = new(
        StatusCodes.Status403Forbidden, RpcCode.PermissionDenied, "This origin is not among Otlp:CorsOrigins.");

    public static OtlpRefusal Host { get; } = new(StatusCodes.Status421MisdirectedRequest, RpcCode.PermissionDenied, HostPolicy.Refusal);
}
