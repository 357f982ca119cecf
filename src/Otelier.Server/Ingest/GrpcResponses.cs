using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;

namespace Otelier.Server.Ingest;

/// <summary>Writes the two kinds of answer of a unary gRPC call: message and trailers, or trailers only.</summary>
internal static class GrpcResponses
{
    /// <summary>One message, then status OK.</summary>
    public static async ValueTask WriteMessageAsync(HttpContext context, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        context.Response.ContentType = GrpcHeaders.ContentType;
        WriteFrame(context.Response.BodyWriter, message.Span);
        await context.Response.BodyWriter.FlushAsync(ct);
        context.Response.AppendTrailer(GrpcHeaders.Status, "0");
    }

    /// <summary>No message: the status stands in the only header block, which ends the stream.</summary>
    public static void WriteStatus(HttpContext context, in RpcStatus status)
    {
        var message = OtlpResponses.Shorten(status.Message, OtlpResponses.HeaderMessageBytesMax);
        var headers = context.Response.Headers;
        context.Response.ContentType = GrpcHeaders.ContentType;
        headers[GrpcHeaders.Status] = ((int)status.Code).ToString(CultureInfo.InvariantCulture);
        if (message.Length > 0)
            headers[GrpcHeaders.Message] = GrpcHeaders.EncodeMessage(message);
        if (status.BadField is null && status.RetryDelay is null)
            return;
        var details = OtlpResponses.Status(OtlpEncoding.Protobuf, status, OtlpResponses.HeaderMessageBytesMax);
        headers[GrpcHeaders.StatusDetails] = GrpcHeaders.EncodeBinary(details.Span);
    }

    private static void WriteFrame(PipeWriter writer, ReadOnlySpan<byte> message)
    {
        var frame = writer.GetSpan(BodyReader.FramePrefixLength + message.Length);
        frame[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], (uint)message.Length);
        message.CopyTo(frame[BodyReader.FramePrefixLength..]);
        writer.Advance(BodyReader.FramePrefixLength + message.Length);
    }
}
