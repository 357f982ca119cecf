using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Otelier.Signals;
using Otelier.Signals.Otlp;

namespace Otelier.Server.Ingest;

/// <summary>Writes Export responses and <c>google.rpc.Status</c> in protobuf and in JSON.</summary>
internal static class OtlpResponses
{
    /// <summary>
    /// Longest message for a person, in bytes. The protocol bounds a response to 4 MiB and would have the message shortened
    /// first; with this bound nothing comes near.
    /// </summary>
    public const int MessageBytesMax = 16 * 1024;

    /// <summary>Longest message where it travels in an HTTP/2 header; some clients refuse more than 8 KiB of headers.</summary>
    public const int HeaderMessageBytesMax = 1024;

    private const string TypePrefix = "type.googleapis.com/google.rpc.";
    private const string BadRequestType = TypePrefix + "BadRequest";
    private const string RetryInfoType = TypePrefix + "RetryInfo";
    private const int NanosPerTick = 100;
    private const int CharBytesMax = 3;

    /// <summary>The body of a 200: nothing, unless items were rejected or there is a warning.</summary>
    public static ReadOnlyMemory<byte> Export(OtlpEncoding encoding, Signal signal, in OtlpAnswer answer)
    {
        var warning = Shorten(answer.Warning, MessageBytesMax);
        var isPartial = answer.RejectedItems > 0 || warning.Length > 0;
        if (encoding == OtlpEncoding.Json)
            return isPartial ? PartialJson(signal, answer.RejectedItems, warning) : "{}"u8.ToArray();
        if (!isPartial)
            return ReadOnlyMemory<byte>.Empty;

        var writer = new ProtoWriter(64 + warning.Length);
        var partial = writer.BeginMessage(1);
        if (answer.RejectedItems > 0)
            writer.WriteVarint(1, (ulong)answer.RejectedItems);
        if (warning.Length > 0)
            writer.WriteString(2, warning);
        writer.EndMessage(partial);
        return writer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Status(OtlpEncoding encoding, in RpcStatus status, int messageBytesMax = MessageBytesMax)
    {
        var message = Shorten(status.Message, messageBytesMax);
        return encoding == OtlpEncoding.Json ? StatusJson(status, message) : StatusProtobuf(status, message);
    }

    /// <summary>Cuts <paramref name="message"/> so that it takes no more than <paramref name="bytesMax"/> bytes of UTF-8.</summary>
    public static string Shorten(string message, int bytesMax)
    {
        var length = bytesMax / CharBytesMax;
        if (message.Length <= length)
            return message;
        return char.IsHighSurrogate(message[length - 1]) ? message[..(length - 1)] : message[..length];
    }

    private static ReadOnlyMemory<byte> PartialJson(Signal signal, long rejected, string warning) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("partialSuccess"u8);
        // Protobuf's JSON writes 64-bit numbers as strings.
        if (rejected > 0)
            writer.WriteString(RejectedName(signal), rejected.ToString(CultureInfo.InvariantCulture));
        if (warning.Length > 0)
            writer.WriteString("errorMessage"u8, warning);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static string RejectedName(Signal signal) => signal switch
    {
        Signal.Traces => "rejectedSpans",
        Signal.Logs => "rejectedLogRecords",
        _ => "rejectedDataPoints",
    };

    private static ReadOnlyMemory<byte> StatusProtobuf(in RpcStatus status, string message)
    {
        var writer = new ProtoWriter(128 + message.Length);
        writer.WriteVarint(1, (ulong)status.Code);
        if (message.Length > 0)
            writer.WriteString(2, message);
        if (status.BadField is not null)
        {
            var any = BeginDetail(writer, BadRequestType);
            var violation = writer.BeginMessage(1);
            writer.WriteString(1, status.BadField);
            writer.WriteString(2, message);
            writer.EndMessage(violation);
            EndDetail(writer, any);
        }

        if (status.RetryDelay is { } delay)
        {
            var any = BeginDetail(writer, RetryInfoType);
            var duration = writer.BeginMessage(1);
            var (seconds, nanos) = Split(delay);
            if (seconds > 0)
                writer.WriteVarint(1, (ulong)seconds);
            if (nanos > 0)
                writer.WriteVarint(2, (ulong)nanos);
            writer.EndMessage(duration);
            EndDetail(writer, any);
        }

        return writer.WrittenMemory;
    }

    private static (int Any, int Value) BeginDetail(ProtoWriter writer, string type)
    {
        var any = writer.BeginMessage(3);
        writer.WriteString(1, type);
        return (any, writer.BeginMessage(2));
    }

    private static void EndDetail(ProtoWriter writer, (int Any, int Value) detail)
    {
        writer.EndMessage(detail.Value);
        writer.EndMessage(detail.Any);
    }

    private static ReadOnlyMemory<byte> StatusJson(in RpcStatus status, string message)
    {
        var (code, badField, retryDelay) = (status.Code, status.BadField, status.RetryDelay);
        return Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("code"u8, (int)code);
            if (message.Length > 0)
                writer.WriteString("message"u8, message);
            if (badField is not null || retryDelay is not null)
            {
                writer.WriteStartArray("details"u8);
                if (badField is not null)
                    WriteBadRequest(writer, badField, message);
                if (retryDelay is { } delay)
                    WriteRetryInfo(writer, delay);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteBadRequest(Utf8JsonWriter writer, string field, string description)
    {
        writer.WriteStartObject();
        writer.WriteString("@type"u8, BadRequestType);
        writer.WriteStartArray("fieldViolations"u8);
        writer.WriteStartObject();
        writer.WriteString("field"u8, field);
        writer.WriteString("description"u8, description);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRetryInfo(Utf8JsonWriter writer, TimeSpan delay)
    {
        var (seconds, nanos) = Split(delay);
        writer.WriteStartObject();
        writer.WriteString("@type"u8, RetryInfoType);
        writer.WriteString(
            "retryDelay"u8,
            nanos == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s")
                : string.Create(CultureInfo.InvariantCulture, $"{seconds}.{nanos:D9}s"));
        writer.WriteEndObject();
    }

    private static (long Seconds, long Nanos) Split(TimeSpan delay) =>
        (delay.Ticks / TimeSpan.TicksPerSecond, delay.Ticks % TimeSpan.TicksPerSecond * NanosPerTick);

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        write(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
