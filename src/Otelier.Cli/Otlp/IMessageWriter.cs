namespace Otelier.Cli.Otlp;

/// <summary>A field of an OTLP message: its number on the wire and its name in OTLP/JSON.</summary>
internal readonly record struct Field(int Number, string Name);

/// <summary>
/// Writes a tree of OTLP messages in one of the two forms, so that each message is described once
/// (<see cref="OtlpMessages"/>). Every call writes its field; whoever calls decides what may be left out.
/// </summary>
internal interface IMessageWriter
{
    void Text(Field field, string value);

    void Bool(Field field, bool value);

    /// <summary>A varint of 64 bits; in JSON a string.</summary>
    void Int64(Field field, long value);

    /// <summary>Eight little-endian bytes; in JSON the signed number as a string.</summary>
    void SFixed64(Field field, long value);

    /// <summary>Eight little-endian bytes; in JSON the unsigned number as a string.</summary>
    void Fixed64(Field field, ulong value);

    void Fixed32(Field field, uint value);

    /// <summary>A varint of 32 bits or an enumeration; in JSON a number.</summary>
    void UInt32(Field field, uint value);

    /// <summary>A zigzag varint; in JSON a number.</summary>
    void SInt32(Field field, int value);

    void Double(Field field, double value);

    /// <summary>Bytes; in JSON base64.</summary>
    void Bytes(Field field, byte[] value);

    /// <summary>A trace or span id; in JSON lower-case hex.</summary>
    void Id(Field field, byte[] value);

    void PackedFixed64(Field field, ReadOnlySpan<ulong> values);

    void PackedVarint64(Field field, ReadOnlySpan<ulong> values);

    void PackedDouble(Field field, ReadOnlySpan<double> values);

    void Message<T>(Field field, T value, Action<IMessageWriter, T> write);

    void Repeated<T>(Field field, IReadOnlyList<T> values, Action<IMessageWriter, T> write);
}
