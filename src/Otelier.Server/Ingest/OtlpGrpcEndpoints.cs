using System.Collections.Frozen;
using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Ingest;

/// <summary>
/// OTLP/gRPC: the three unary Export methods and <c>Health/Check</c>, on HTTP/2 as the server gives it. Unary calls need
/// no more of gRPC than a five-byte prefix and two trailers.
/// </summary>
internal sealed partial class OtlpGrpcEndpoints(
    OtlpReceiver receiver, AuthenticateDelegate authenticate, GrpcHealth health, IngestMetrics metrics, TimeProvider time, ILogger<OtlpGrpcEndpoints> logger)
{
    private const string Package = "opentelemetry.proto.collector.";

    private static readonly FrozenDictionary<string, Signal> ExportPaths = new Dictionary<string, Signal>(StringComparer.Ordinal)
    {
        [$"/{Package}trace.v1.TraceService/Export"] = Signal.Traces,
        [$"/{Package}logs.v1.LogsService/Export"] = Signal.Logs,
        [$"/{Package}metrics.v1.MetricsService/Export"] = Signal.Metrics,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The full names of the Export services.</summary>
    public static IEnumerable<string> Services => ExportPaths.Keys.Select(path => path.Split('/')[1]);

    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        Signal? signal = ExportPaths.TryGetValue(context.Request.Path.Value ?? "", out var found) ? found : null;
        var outcome = await AnswerAsync(context, signal);
        metrics.RequestDone(OtlpTransport.Grpc, signal, outcome, time.GetElapsedTime(started));
    }

    private async ValueTask<string> AnswerAsync(HttpContext context, Signal? signal)
    {
        context.Response.Headers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.AcceptedCodings;
        if (CheckHeaders(context, signal, out var coding, out var timeout) is { } refusal)
            return Refuse(context, refusal);
        // Whoever balances load asks for health, and has no key.
        if (signal is not null && OtlpAccess.Admit(context, authenticate) is { } refused)
            return Refuse(context, refused);

        using var deadline = timeout is { } length ? new CancellationTokenSource(length, time) : null;
        using var either = deadline is null
            ? null
            : CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        var ct = either?.Token ?? context.RequestAborted;
        try
        {
            return signal is null ? await CheckHealthAsync(context, coding, ct) : await ExportAsync(context, signal.Value, coding, ct);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return "canceled";
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !context.Response.HasStarted)
        {
            return Refuse(context, new RpcStatus(RpcCode.DeadlineExceeded, "The call's own deadline has passed."));
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            return Refuse(context, new RpcStatus(RpcCode.InvalidArgument, e.Message));
        }
        catch (Exception e)
        {
            // A bug of ours; INTERNAL is not repeated by clients.
            LogFailed(e, context.Request.Path.Value);
            if (context.Response.HasStarted)
                throw;
            return Refuse(context, new RpcStatus(RpcCode.Internal, "The server failed; its log says why."));
        }
    }

    private static RpcStatus? CheckHeaders(HttpContext context, Signal? signal, out ContentCoding coding, out TimeSpan? timeout)
    {
        var request = context.Request;
        coding = ContentCoding.Identity;
        timeout = null;
        if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            return new RpcStatus(RpcCode.Unimplemented, "gRPC is called with POST.");
        }

        if (!GrpcHeaders.IsContentType(request.ContentType))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return new RpcStatus(
                RpcCode.Unimplemented, "Content-Type must be application/grpc or application/grpc+proto. OTLP/HTTP has a port of its own.");
        }

        if (signal is null && request.Path != GrpcHealth.CheckPath)
            return new RpcStatus(RpcCode.Unimplemented, "There is no such method.");
        if (!OtlpHeaders.TryParseContentEncoding(request.Headers[GrpcHeaders.Encoding], out coding))
            return new RpcStatus(RpcCode.Unimplemented, $"grpc-encoding must be one of: {GrpcHeaders.AcceptedCodings}.");
        if (!GrpcHeaders.TryParseTimeout(request.Headers[GrpcHeaders.Timeout], out timeout))
            return new RpcStatus(RpcCode.Internal, "grpc-timeout is not one to eight digits and one of H, M, S, m, u, n.");
        return null;
    }

    private async ValueTask<string> ExportAsync(HttpContext context, Signal signal, ContentCoding coding, CancellationToken ct)
    {
        var answer = await ReceiveAsync(context, signal, coding, ct);
        if (answer.Status.Code != RpcCode.Ok)
            GrpcResponses.WriteStatus(context, answer.Status);
        else
            await GrpcResponses.WriteMessageAsync(
                context, OtlpResponses.Export(OtlpEncoding.Protobuf, signal, answer), context.RequestAborted);
        return answer.Outcome;
    }

    private async ValueTask<OtlpAnswer> ReceiveAsync(HttpContext context, Signal signal, ContentCoding coding, CancellationToken ct)
    {
        using var received = receiver.NewBuffer();
        var (fault, compressed) = await BodyReader.ReadFrameAsync(context.Request.BodyReader, received, receiver.BodyBytesMax, ct);
        if (fault == BodyFault.None && compressed && coding == ContentCoding.Identity)
            fault = BodyFault.FrameFlagUnknown;
        return fault == BodyFault.None
            ? await receiver.ReceiveAsync(
                OtlpTransport.Grpc, context.GetCaller().Tenant, signal, OtlpEncoding.Protobuf, compressed ? coding : ContentCoding.Identity, received, ct)
            : receiver.Answer(fault);
    }

    private async ValueTask<string> CheckHealthAsync(HttpContext context, ContentCoding coding, CancellationToken ct)
    {
        using var received = receiver.NewBuffer();
        var (fault, compressed) = await BodyReader.ReadFrameAsync(context.Request.BodyReader, received, GrpcHealth.RequestBytesMax, ct);
        using var inflated = receiver.NewBuffer();
        if (fault == BodyFault.None && compressed)
        {
            fault = coding == ContentCoding.Identity
                ? BodyFault.FrameFlagUnknown
                : Inflater.Inflate(coding, received.WrittenMemory, inflated, GrpcHealth.RequestBytesMax);
        }

        if (fault != BodyFault.None)
            return Refuse(context, OtlpAnswer.Of(fault, GrpcHealth.RequestBytesMax).Status);
        var (status, message) = await health.CheckAsync((compressed ? inflated : received).WrittenMemory, ct);
        if (status.Code != RpcCode.Ok)
            return Refuse(context, status);
        await GrpcResponses.WriteMessageAsync(context, message, context.RequestAborted);
        return "ok";
    }

    private static string Refuse(HttpContext context, in RpcStatus status)
    {
        GrpcResponses.WriteStatus(context, status);
        return new OtlpAnswer(status).Outcome;
    }
}
