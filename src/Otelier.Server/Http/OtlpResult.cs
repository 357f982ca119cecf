using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;

namespace Otelier.Server.Http;

/// <summary>
/// Items as an Export request: OTLP/JSON, or protobuf where the client accepts that alone. It is written in pieces, which are one message
/// in both: protobuf appends repeated fields, and the JSON lists are joined. The next page's cursor is in the header
/// <c>otelier-next-cursor</c>, for the message has no place for it.
/// </summary>
/// <param name="type">The Export request's message type.</param>
/// <param name="chunks">The items' protobuf, a piece at a time; each is read before the next is asked for.</param>
/// <param name="nextCursor">Where the next page begins, or <see langword="null"/>.</param>
internal sealed class OtlpResult(OtlpMessage type, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, string? nextCursor = null) : IResult
{
    public const string NextCursorHeader = "otelier-next-cursor";

    private const string Protobuf = "application/x-protobuf";

    // Items beyond it begin another piece.
    public const int ItemsPerChunk = 1000;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (nextCursor is not null)
            httpContext.Response.Headers[NextCursorHeader] = nextCursor;
        var isProtobuf = httpContext.Request.Headers.Accept.Any(accept => accept?.StartsWith(Protobuf, StringComparison.OrdinalIgnoreCase) == true);
        httpContext.Response.ContentType = isProtobuf ? Protobuf : ApiJson.MediaType;
        if (isProtobuf)
        {
            await foreach (var chunk in chunks.WithCancellation(httpContext.RequestAborted))
                await httpContext.Response.BodyWriter.WriteAsync(chunk, httpContext.RequestAborted);
        }
        else
        {
            await WriteJsonAsync(httpContext);
        }
    }

    private async Task WriteJsonAsync(HttpContext context)
    {
        // An Export request has one field, a list: {"resourceSpans":[…]}.
        var head = System.Text.Encoding.ASCII.GetBytes($"{{\"{type.Fields.Single().JsonName}\":[");
        using var json = new ByteBuffer();
        json.Append(head);
        var isFirst = true;
        await foreach (var chunk in chunks.WithCancellation(context.RequestAborted))
        {
            if (chunk.IsEmpty)
                continue;
            using var piece = new ByteBuffer();
            if (OtlpJsonWriter.Write(chunk.Span, type, piece) is var error and not DecodeError.None)
                throw new InvalidOperationException($"Our own OTLP cannot be read: {error}.");
            if (!isFirst)
                json.Append((byte)',');
            isFirst = false;
            json.Append(piece.WrittenSpan[head.Length..^2]);
            await context.Response.BodyWriter.WriteAsync(json.WrittenMemory, context.RequestAborted);
            json.Clear();
        }

        json.Append("]}"u8);
        await context.Response.BodyWriter.WriteAsync(json.WrittenMemory, context.RequestAborted);
    }
}
