using Otelier.Signals.Otlp;

namespace Otelier.Cli.Otlp;

/// <summary>OTLP's protobuf form.</summary>
internal sealed class ProtobufMessageWriter : IMessageWriter
{
    private readonly ProtoWriter _writer = new();

    public ReadOnlyMemory<byte> Written => _writer.WrittenMemory;

    public void Text(Field field, string value) => _writer.WriteString(field.Number, value);

    public void Bool(Field field, bool value) => _writer.WriteVarint(field.Number, value ? 1UL : 0);

    public void Int64(Field field, long value) => _writer.WriteVarint(field.Number, (ulong)value);

    public void SFixed64(Field field, long value) => _writer.WriteFixed64(field.Number, (ulong)value);

    public void Fixed64(Field field, ulong value) => _writer.WriteFixed64(field.Number, value);

    public void Fixed32(Field field, uint value) => _writer.WriteFixed32(field.Number, value);

    public void UInt32(Field field, uint value) => _writer.WriteVarint(field.Number, value);

    public void SInt32(Field field, int value) => _writer.WriteVarint(field.Number, (uint)((value << 1) ^ (value >> 31)));

    public void Double(Field field, double value) => _writer.WriteDouble(field.Number, value);

    public void Bytes(Field field, byte[] value) => _writer.WriteBytes(field.Number, value);

    public void Id(Field field, byte[] value) => _writer.WriteBytes(field.Number, value);

    public void PackedFixed64(Field field, ReadOnlySpan<ulong> values)
    {
        var start = _writer.BeginMessage(field.Number);
        foreach (var value in values)
            _writer.WriteRawFixed64(value);
        _writer.EndMessage(start);
    }

    public void PackedVarint64(Field field, ReadOnlySpan<ulong> values)
    {
        var start = _writer.BeginMessage(field.Number);
        foreach (var value in values)
            _writer.WriteRawVarint(value);
        _writer.EndMessage(start);
    }

    public void PackedDouble(Field field, ReadOnlySpan<double> values)
    {
        var start = _writer.BeginMessage(field.Number);
        foreach (var value in values)
            _writer.WriteRawFixed64(BitConverter.DoubleToUInt64Bits(value));
        _writer.EndMessage(start);
    }

    public void Message<T>(Field field, T value, Action<IMessageWriter, T> write)
    {
        var start = _writer.BeginMessage(field.Number);
        write(this, value);
        _writer.EndMessage(start);
    }

    public void Repeated<T>(Field field, IReadOnlyList<T> values, Action<IMessageWriter, T> write)
    {
        foreach (var value in values)
            Message(field, value, write);
    }
}
