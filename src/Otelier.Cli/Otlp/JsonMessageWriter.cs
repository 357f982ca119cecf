using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Otelier.Cli.Otlp;

/// <summary>OTLP's JSON form: ids in hex, 64-bit integers as strings, enumerations as numbers.</summary>
internal sealed class JsonMessageWriter : IMessageWriter, IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    public JsonMessageWriter() => _json = new Utf8JsonWriter(_buffer);

    /// <summary>Writes one whole message and gives its bytes.</summary>
    public static ReadOnlyMemory<byte> Encode<T>(T value, Action<IMessageWriter, T> write)
    {
        using var writer = new JsonMessageWriter();
        writer._json.WriteStartObject();
        write(writer, value);
        writer._json.WriteEndObject();
        writer._json.Flush();
        return writer._buffer.WrittenMemory;
    }

    public void Text(Field field, string value) => _json.WriteString(field.Name, value);

    public void Bool(Field field, bool value) => _json.WriteBoolean(field.Name, value);

    public void Int64(Field field, long value) => _json.WriteString(field.Name, value.ToString(CultureInfo.InvariantCulture));

    public void SFixed64(Field field, long value) => Int64(field, value);

    public void Fixed64(Field field, ulong value) => _json.WriteString(field.Name, value.ToString(CultureInfo.InvariantCulture));

    public void Fixed32(Field field, uint value) => _json.WriteNumber(field.Name, value);

    public void UInt32(Field field, uint value) => _json.WriteNumber(field.Name, value);

    public void SInt32(Field field, int value) => _json.WriteNumber(field.Name, value);

    public void Double(Field field, double value)
    {
        _json.WritePropertyName(field.Name);
        DoubleValue(value);
    }

    public void Bytes(Field field, byte[] value) => _json.WriteBase64String(field.Name, value);

    public void Id(Field field, byte[] value) => _json.WriteString(field.Name, Convert.ToHexStringLower(value));

    public void PackedFixed64(Field field, ReadOnlySpan<ulong> values)
    {
        _json.WriteStartArray(field.Name);
        foreach (var value in values)
            _json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        _json.WriteEndArray();
    }

    public void PackedVarint64(Field field, ReadOnlySpan<ulong> values) => PackedFixed64(field, values);

    public void PackedDouble(Field field, ReadOnlySpan<double> values)
    {
        _json.WriteStartArray(field.Name);
        foreach (var value in values)
            DoubleValue(value);
        _json.WriteEndArray();
    }

    public void Message<T>(Field field, T value, Action<IMessageWriter, T> write)
    {
        _json.WriteStartObject(field.Name);
        write(this, value);
        _json.WriteEndObject();
    }

    public void Repeated<T>(Field field, IReadOnlyList<T> values, Action<IMessageWriter, T> write)
    {
        if (values.Count == 0)
            return;
        _json.WriteStartArray(field.Name);
        foreach (var value in values)
        {
            _json.WriteStartObject();
            write(this, value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    public void Dispose() => _json.Dispose();

    private void DoubleValue(double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumberValue(value);
        else
            _json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
}
