using System.Globalization;
using Microsoft.Net.Http.Headers;
using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Ingest;

/// <summary>
/// OTLP/HTTP: <c>POST {base}/v1/traces|logs|metrics</c>, protobuf and JSON on one port. Every error is a
/// <c>google.rpc.Status</c> in the request's encoding.
/// </summary>
internal sealed partial class OtlpHttpEndpoints(
    OtlpReceiver receiver, AuthenticateDelegate authenticate, OtelierOptions options, IngestMetrics metrics, TimeProvider time, ILogger<OtlpHttpEndpoints> logger)
{
    private readonly string _basePath = options.Otlp.HttpBasePath;
    private readonly HostPolicy _hosts = new(options);
    private readonly CorsPolicy _cors = new(options.Otlp.CorsOrigins, HttpMethods.Post, HeaderNames.RetryAfter);

    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var signal = SignalOf(context.Request.Path);
        string outcome;
        try
        {
            outcome = await AnswerAsync(context, signal);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Gone while its body was read, while it was answered, or while it was refused.
            outcome = "canceled";
        }

        metrics.RequestDone(OtlpTransport.Http, signal, outcome, time.GetElapsedTime(started));
    }

    private async ValueTask<string> AnswerAsync(HttpContext context, Signal? signal)
    {
        var request = context.Request;
        var isTyped = OtlpHeaders.TryParseContentType(request.ContentType, out var encoding);
        if (!_hosts.Allows(request))
            return await RefuseAsync(context, encoding, OtlpRefusal.Host);
        var isOriginAllowed = _cors.Allow(context);
        if (signal is null)
            return await RefuseAsync(context, encoding, OtlpRefusal.UnknownPath(_basePath));
        if (CorsPolicy.IsPreflight(request) && isOriginAllowed)
        {
            _cors.AnswerPreflight(context);
            return "preflight";
        }

        if (CorsPolicy.IsPreflight(request))
            return await RefuseAsync(context, encoding, OtlpRefusal.Origin);
        if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            return await RefuseAsync(context, encoding, OtlpRefusal.Method);
        }

        if (OtlpAccess.Admit(context, authenticate) is { } refused)
        {
            if (refused.Code == RpcCode.Unauthenticated)
                context.Response.Headers.WWWAuthenticate = Authentication.Challenge;
            await WriteAsync(context, encoding, refused.HttpStatus, refused, OtlpResponses.Status(encoding, refused));
            return new OtlpAnswer(refused).Outcome;
        }

        if (!isTyped)
            return await RefuseAsync(context, encoding, OtlpRefusal.ContentType);
        if (!OtlpHeaders.TryParseContentEncoding(request.Headers.ContentEncoding, out var coding))
        {
            context.Response.Headers.AcceptEncoding = OtlpHeaders.AcceptedCodings;
            return await RefuseAsync(context, encoding, OtlpRefusal.ContentEncoding);
        }

        return await ExportAsync(context, signal.Value, encoding, coding);
    }

    private async ValueTask<string> ExportAsync(HttpContext context, Signal signal, OtlpEncoding encoding, ContentCoding coding)
    {
        try
        {
            var answer = await ReceiveAsync(context, signal, encoding, coding);
            await WriteAsync(context, encoding, answer.Status.HttpStatus, answer.Status, BodyOf(encoding, signal, answer));
            return answer.Outcome;
        }
        catch (BadHttpRequestException e)
        {
            // The server's own refusal while the body was read: too slow, badly chunked, or gone in the middle.
            return await RefuseAsync(context, encoding, new OtlpRefusal(e.StatusCode, RpcCode.InvalidArgument, e.Message));
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A bug of ours. The protocol wants a Status even so, and INTERNAL is not repeated by clients.
            LogFailed(e, signal);
            if (context.Response.HasStarted)
                throw;
            return await RefuseAsync(context, encoding, OtlpRefusal.Failure);
        }
    }

    private async ValueTask<OtlpAnswer> ReceiveAsync(HttpContext context, Signal signal, OtlpEncoding encoding, ContentCoding coding)
    {
        using var received = receiver.NewBuffer();
        var fault = await BodyReader.ReadToEndAsync(
            context.Request.BodyReader, context.Request.ContentLength, received, receiver.BodyBytesMax, context.RequestAborted);
        return fault == BodyFault.None
            ? await receiver.ReceiveAsync(OtlpTransport.Http, context.GetCaller().Tenant, signal, encoding, coding, received, context.RequestAborted)
            : receiver.Answer(fault);
    }

    private static ReadOnlyMemory<byte> BodyOf(OtlpEncoding encoding, Signal signal, in OtlpAnswer answer) =>
        answer.Status.Code == RpcCode.Ok
            ? OtlpResponses.Export(encoding, signal, answer)
            : OtlpResponses.Status(encoding, answer.Status);

    private static async ValueTask<string> RefuseAsync(HttpContext context, OtlpEncoding encoding, OtlpRefusal refusal)
    {
        var status = new RpcStatus(refusal.Code, refusal.Message);
        await WriteAsync(context, encoding, refusal.HttpStatus, status, OtlpResponses.Status(encoding, status));
        return new OtlpAnswer(status).Outcome;
    }

    private static async ValueTask WriteAsync(
        HttpContext context, OtlpEncoding encoding, int httpStatus, RpcStatus status, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = httpStatus;
        response.ContentType = encoding == OtlpEncoding.Json ? OtlpHeaders.JsonType : OtlpHeaders.ProtobufType;
        response.ContentLength = body.Length;
        if (status.RetryDelay is { } delay)
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (body.Length > 0)
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private Signal? SignalOf(PathString path)
    {
        var text = path.Value.AsSpan();
        if (!text.StartsWith(_basePath, StringComparison.Ordinal))
            return null;
        return text[_basePath.Length..] switch
        {
            "/v1/traces" => Signal.Traces,
            "/v1/logs" => Signal.Logs,
            "/v1/metrics" => Signal.Metrics,
            _ => null,
        };
    }
}
