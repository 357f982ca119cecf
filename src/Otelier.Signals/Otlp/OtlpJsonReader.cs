using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Turns OTLP/JSON into the protobuf bytes of the same message, so that there is one decode path behind it. It follows the
/// OTLP specification's JSON mapping: lower-camel-case names only, ids as hexadecimal digits, enumerations as
/// integers, unknown fields passed over, the rest as proto3 JSON has it.
/// <para>
/// A fault of the document (not JSON, a value of the wrong type, an id that is not hexadecimal) refuses the document. A
/// hexadecimal id of the wrong length goes through as bytes of the wrong length, so that the decoder refuses that one item.
/// A name that occurs twice goes through twice, with protobuf's meaning: lists are appended to, of anything else the last
/// one counts. <c>null</c> is absence.
/// </para>
/// </summary>
public static class OtlpJsonReader
{
    /// <summary>
    /// Deepest nesting of objects and arrays taken, in unknown fields too. An AnyValue level takes three or four, so every
    /// value within <see cref="AnyValueText.NestingMax"/> levels passes and the decoders judge the first levels beyond.
    /// </summary>
    public const int NestingMax = 384;

    /// <summary>
    /// Appends the message to <paramref name="output"/>: at most four times as many bytes as the document has (packed
    /// numbers of one digit). Empty input is an empty message. After an error the output is worthless.
    /// </summary>
    /// <returns>
    /// <see cref="DecodeError.None"/>, or <see cref="DecodeError.MalformedJson"/>, <see cref="DecodeError.InvalidUtf8"/>,
    /// <see cref="DecodeError.NestingTooDeep"/> or <see cref="DecodeError.WrongJsonValue"/> with a <paramref name="fault"/>.
    /// </returns>
    public static DecodeError TryTranscode(ReadOnlySpan<byte> json, OtlpMessage type, ProtoWriter output, out OtlpJsonFault? fault)
    {
        fault = null;
        if (json.IsEmpty)
            return DecodeError.None;
        if (!Utf8.IsValid(json))
        {
            fault = new OtlpJsonFault("", FirstInvalidByte(json), "expected valid UTF-8");
            return DecodeError.InvalidUtf8;
        }

        var transcoder = new OtlpJsonTranscoder(json, output);
        try
        {
            if (transcoder.TryReadDocument(type))
                return DecodeError.None;
            fault = new OtlpJsonFault(transcoder.FaultField, transcoder.Position, transcoder.Expectation);
            return transcoder.Error;
        }
        catch (JsonException)
        {
            // The tokenizer's only way to speak; met once per refused document.
            fault = new OtlpJsonFault("", transcoder.Position, "expected well-formed JSON");
            return DecodeError.MalformedJson;
        }
        finally
        {
            transcoder.Dispose();
        }
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
            position += length;
        return position;
    }
}
