using System.Runtime.InteropServices;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>Reads repeated numbers that were sent packed into one length-delimited value.</summary>
internal static class PackedNumbers
{
    /// <summary>Reads fixed64, sfixed64 or double values, whose wire form is the machine's own.</summary>
    public static void AddFixed64<T>(ref ProtoReader reader, FixedColumn<T> column)
        where T : unmanaged
    {
        var bytes = reader.ReadBytes();
        if (bytes.Length % sizeof(ulong) != 0)
            reader.Fail(DecodeError.Truncated);
        else
            column.AddRange(MemoryMarshal.Cast<byte, T>(bytes));
    }

    public static void AddVarints(ref ProtoReader reader, FixedColumn<ulong> column)
    {
        var bytes = reader.ReadBytes();
        var values = new ProtoReader(bytes);
        while (values.Error == DecodeError.None && values.Position < bytes.Length)
        {
            var value = values.ReadVarint();
            if (values.Error == DecodeError.None)
                column.Add(value);
        }

        if (values.Error != DecodeError.None)
            reader.Fail(values.Error);
    }

    /// <summary>Undoes the zigzag coding of sint32.</summary>
    public static int ZigZag(ulong value) => (int)((uint)value >> 1) ^ -(int)((uint)value & 1);
}
