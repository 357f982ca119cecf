using Otelier.Server.Http;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Otelier.Storage;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>
/// Traces as OTLP/JSON in Jaeger's wrapping, <c>{"result":{"resourceSpans":[…]}}</c>, sent while they are read. When the store fails midway the
/// connection is broken off.
/// </summary>
/// <param name="pieces">Standing on the first piece; disposed of here.</param>
internal sealed class JaegerOtlpResult(IAsyncEnumerator<JaegerSpans> pieces) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var reading = pieces;
        try
        {
            await WriteAsync(httpContext);
        }
        catch (StoreException) when (httpContext.Response.HasStarted)
        {
            httpContext.Abort();
        }
    }

    private async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = ApiJson.MediaType;
        var body = context.Response.BodyWriter;
        var head = "{\"resourceSpans\":["u8.ToArray();
        var message = new ProtoWriter();
        await body.WriteAsync("{\"result\":{\"resourceSpans\":["u8.ToArray(), context.RequestAborted);
        var isFirst = true;
        do
        {
            message.Clear();
            OtlpSpanEncoder.Write(pieces.Current.Spans, message);
            using var piece = new ByteBuffer();
            if (!isFirst)
                piece.Append((byte)',');
            using var json = new ByteBuffer();
            if (OtlpJsonWriter.Write(message.WrittenSpan, OtlpSchema.ExportTraceServiceRequest, json) is var error and not DecodeError.None)
                throw new InvalidOperationException($"Our own OTLP cannot be read: {error}.");
            piece.Append(json.WrittenSpan[head.Length..^2]);
            isFirst = false;
            await body.WriteAsync(piece.WrittenMemory, context.RequestAborted);
        }
        while (await pieces.MoveNextAsync());

        await body.WriteAsync("]}}"u8.ToArray(), context.RequestAborted);
    }
}
