using System.Globalization;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>One thing wrong with a request: where, and what about it.</summary>
public sealed record OtlpFieldViolation(string Field, string Description);

/// <summary>
/// The body of every OTLP error answer: <c>google.rpc.Status</c> with the details that OTLP knows.
/// </summary>
/// <param name="Code">A gRPC status code, 1 to 16.</param>
/// <param name="Message">What is wrong, in English, for a developer.</param>
public sealed record OtlpStatus(int Code, string Message)
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";
    private const string BadRequestType = "type.googleapis.com/google.rpc.BadRequest";

    /// <summary>After how long the client may try again; <see langword="null"/> says nothing about it. Not negative.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>What was wrong in a refused request.</summary>
    public IReadOnlyList<OtlpFieldViolation> FieldViolations { get; init; } = [];

    /// <summary>Appends the message in protobuf, for HTTP bodies and for <c>grpc-status-details-bin</c>.</summary>
    public void WriteProtobuf(ProtoWriter output)
    {
        output.WriteVarint(1, (ulong)Code);
        output.WriteString(2, Message);
        if (RetryDelay is { } delay)
        {
            var detail = BeginDetail(output, RetryInfoType, out var value);
            var duration = output.BeginMessage(1);
            output.WriteVarint(1, (ulong)Seconds(delay));
            output.WriteVarint(2, (ulong)Nanos(delay));
            output.EndMessage(duration);
            output.EndMessage(value);
            output.EndMessage(detail);
        }

        if (FieldViolations.Count > 0)
        {
            var detail = BeginDetail(output, BadRequestType, out var value);
            foreach (var violation in FieldViolations)
            {
                var entry = output.BeginMessage(1);
                output.WriteString(1, violation.Field);
                output.WriteString(2, violation.Description);
                output.EndMessage(entry);
            }

            output.EndMessage(value);
            output.EndMessage(detail);
        }
    }

    /// <summary>Appends the message in the proto3 JSON mapping.</summary>
    public void WriteJson(ByteBuffer output)
    {
        output.Append("{\"code\":"u8);
        JsonText.AppendNumber(output, (long)Code);
        output.Append(",\"message\":"u8);
        JsonText.AppendString(output, Message);
        if (RetryDelay is not null || FieldViolations.Count > 0)
        {
            output.Append(",\"details\":["u8);
            if (RetryDelay is { } delay)
                WriteRetryInfo(output, delay);
            if (RetryDelay is not null && FieldViolations.Count > 0)
                output.Append((byte)',');
            if (FieldViolations.Count > 0)
                WriteBadRequest(output);
            output.Append((byte)']');
        }

        output.Append((byte)'}');
    }

    private static void WriteRetryInfo(ByteBuffer output, TimeSpan delay)
    {
        output.Append("{\"@type\":"u8);
        JsonText.AppendString(output, RetryInfoType);
        output.Append(",\"retryDelay\":"u8);
        var nanos = Nanos(delay);
        JsonText.AppendString(output, nanos == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Seconds(delay)}s")
            : string.Create(CultureInfo.InvariantCulture, $"{Seconds(delay)}.{nanos:D9}s"));
        output.Append((byte)'}');
    }

    private void WriteBadRequest(ByteBuffer output)
    {
        output.Append("{\"@type\":"u8);
        JsonText.AppendString(output, BadRequestType);
        output.Append(",\"fieldViolations\":"u8);
        var separator = (byte)'[';
        foreach (var violation in FieldViolations)
        {
            output.Append(separator);
            separator = (byte)',';
            output.Append("{\"field\":"u8);
            JsonText.AppendString(output, violation.Field);
            output.Append(",\"description\":"u8);
            JsonText.AppendString(output, violation.Description);
            output.Append((byte)'}');
        }

        output.Append("]}"u8);
    }

    private static int BeginDetail(ProtoWriter output, string type, out int value)
    {
        var detail = output.BeginMessage(3);
        output.WriteString(1, type);
        value = output.BeginMessage(2);
        return detail;
    }

    private static long Seconds(TimeSpan delay) => delay.Ticks / TimeSpan.TicksPerSecond;

    private static long Nanos(TimeSpan delay) => delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
}
