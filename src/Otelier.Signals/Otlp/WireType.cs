namespace Otelier.Signals.Otlp;

/// <summary>Protocol Buffers wire types (https://protobuf.dev/programming-guides/encoding/#structure).</summary>
public enum WireType : byte
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
