using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Otelier.Signals.Attributes;

namespace Otelier.Signals.Api;

/// <summary>
/// Writes the fields of CSV rows (RFC 4180). A spreadsheet takes a field that begins with <c>= + - @</c>, a tab or a carriage return for
/// a formula and would run it, so such a field gets an apostrophe before it; a plain negative number stays one.
/// </summary>
public sealed class CsvRow(IBufferWriter<byte> output) : IDisposable
{
    private const long NanosPerTick = 100;

    private static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    private bool _isFirst = true;

    /// <summary>A row of column names.</summary>
    public void WriteHeader(IReadOnlyList<string> columns)
    {
        foreach (var column in columns)
            Write(column);
        End();
    }

    public void Write(string text)
    {
        _text.ResetWrittenCount();
        Encoding.UTF8.GetBytes(text, _text);
        WriteField(_text.WrittenSpan);
    }

    public void Write(ReadOnlySpan<byte> utf8) => WriteField(utf8);

    public void Write(ulong number)
    {
        const int DigitsMax = 20;
        Span<byte> digits = stackalloc byte[DigitsMax];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        WriteField(digits[..length]);
    }

    /// <summary>A number; an empty field for none.</summary>
    public void Write(double? number) => Write(number is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : "");

    /// <summary>A point in time as RFC 3339 with nanoseconds; an empty field for 0, which is none.</summary>
    public void WriteTime(ulong unixNano)
    {
        if (unixNano == 0 || unixNano > long.MaxValue)
        {
            Write(unixNano == 0 ? "" : unixNano.ToString(CultureInfo.InvariantCulture));
            return;
        }

        var time = DateTimeOffset.UnixEpoch.AddTicks((long)unixNano / NanosPerTick);
        Write(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd'T'HH:mm:ss.fffffff}{(long)unixNano % NanosPerTick:00}Z"));
    }

    /// <summary>What is written as JSON.</summary>
    public void WriteJson<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        _text.ResetWrittenCount();
        _json.Reset(_text);
        write(_json, value);
        _json.Flush();
        WriteField(_text.WrittenSpan);
    }

    /// <summary>Attributes as a JSON object.</summary>
    public void Write(AttributeMap attributes) => WriteJson(attributes, AttributesJson.Write);

    /// <summary>Ends the row.</summary>
    public void End()
    {
        output.Write("\r\n"u8);
        _isFirst = true;
    }

    public void Dispose() => _json.Dispose();

    private void WriteField(ReadOnlySpan<byte> text)
    {
        if (!_isFirst)
            output.Write(","u8);
        _isFirst = false;
        var isFormula = IsFormula(text);
        if (text.IndexOfAny(Quoted) < 0)
        {
            if (isFormula)
                output.Write("'"u8);
            output.Write(text);
            return;
        }

        output.Write(isFormula ? "\"'"u8 : "\""u8);
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            output.Write(text[..(quote + 1)]);
            output.Write("\""u8);
            text = text[(quote + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }

    private static bool IsFormula(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' && !IsNegativeNumber(text);

    private static bool IsNegativeNumber(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '-' && text[1] is >= (byte)'0' and <= (byte)'9'
        && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
}
