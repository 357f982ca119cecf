using System.Globalization;

namespace Otelier.Server.Ingest;

/// <summary>The answer to one Export request, before a transport puts it into its own words.</summary>
/// <param name="Status">Ok, or the failure.</param>
/// <param name="RejectedItems">How many items were rejected (only when Ok).</param>
/// <param name="Warning">English; why items were rejected, or a warning (only when Ok).</param>
/// <param name="IsClientFault">Whether the client broke the framing: gRPC answers INTERNAL to that, as it does to our own faults.</param>
internal readonly record struct OtlpAnswer(RpcStatus Status, long RejectedItems = 0, string Warning = "", bool IsClientFault = false)
{
    private const string Body = "body";
    private static readonly TimeSpan NoRoomRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>The <c>outcome</c> label of <c>otelier_otlp_requests_total</c>.</summary>
    public string Outcome => Status.Code switch
    {
        _ when IsClientFault => "malformed",
        RpcCode.Cancelled => "canceled",
        RpcCode.Ok => RejectedItems > 0 ? "partial" : "ok",
        RpcCode.InvalidArgument => "malformed",
        RpcCode.DeadlineExceeded => "deadline_exceeded",
        RpcCode.ResourceExhausted => Status.RetryDelay is null ? "too_large" : "quota_exceeded",
        RpcCode.Unavailable => "unavailable",
        RpcCode.NotFound or RpcCode.Unimplemented => "unsupported",
        RpcCode.Unauthenticated or RpcCode.PermissionDenied => "refused",
        _ => "error",
    };

    public static OtlpAnswer Of(in IngestResult result) => result.Outcome switch
    {
        IngestOutcome.Accepted => new OtlpAnswer(new RpcStatus(RpcCode.Ok), result.RejectedItems, result.Message),
        IngestOutcome.Malformed => new OtlpAnswer(new RpcStatus(RpcCode.InvalidArgument, MessageOf(result), BadField: Body)),
        IngestOutcome.Unavailable => new OtlpAnswer(
            new RpcStatus(RpcCode.Unavailable, result.Message, RetryDelay: AtLeastASecond(result.RetryAfter))),
        IngestOutcome.QuotaExceeded => new OtlpAnswer(
            new RpcStatus(RpcCode.ResourceExhausted, result.Message, RetryDelay: AtLeastASecond(result.RetryAfter))),
        _ => throw new InvalidOperationException($"Outcome {result.Outcome} has no answer."),
    };

    public static OtlpAnswer Of(BodyFault fault, int bodyBytesMax) => new(fault switch
    {
        BodyFault.TooLarge => new RpcStatus(
            RpcCode.ResourceExhausted,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The message is larger than {bodyBytesMax} bytes, the limit both as received and decompressed. Send smaller batches.")),
        BodyFault.NoRoom => new RpcStatus(
            RpcCode.Unavailable, "The memory for messages in flight is used up for the moment.", RetryDelay: NoRoomRetryDelay),
        BodyFault.CompressionTruncated => Malformed("The compressed body ends before its compressed data does."),
        BodyFault.CompressionCorrupt => Malformed(
            "The compressed body is not what Content-Encoding or grpc-encoding says, or its checksum is wrong."),
        BodyFault.CompressionTrailed => Malformed(
            "Bytes follow the compressed data. A body is exactly one gzip member or zlib stream; concatenated members are not read."),
        BodyFault.ClientGone => new RpcStatus(RpcCode.Cancelled, "The client left."),
        BodyFault.FrameMissing => new RpcStatus(
            RpcCode.Internal, "A unary call carries exactly one message; this one ended before it was complete."),
        BodyFault.FrameTrailed => new RpcStatus(RpcCode.Internal, "A unary call carries exactly one message; bytes follow it."),
        BodyFault.FrameFlagUnknown => new RpcStatus(
            RpcCode.Internal, "The message's compressed flag is set although grpc-encoding names no compression, or is neither 0 nor 1."),
        _ => throw new InvalidOperationException($"Fault {fault} has no answer."),
    }, IsClientFault: fault is BodyFault.FrameMissing or BodyFault.FrameTrailed or BodyFault.FrameFlagUnknown);

    private static RpcStatus Malformed(string message) => new(RpcCode.InvalidArgument, message, BadField: Body);

    private static string MessageOf(in IngestResult result) =>
        result.Message.Length > 0 ? result.Message : $"The message could not be read: {result.Error}.";

    private static TimeSpan AtLeastASecond(TimeSpan delay) => delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay;
}
