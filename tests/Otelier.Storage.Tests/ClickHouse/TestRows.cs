using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.Tests.ClickHouse;

/// <summary>A block of a UInt64 column <c>id</c> and a String column <c>text</c>, in Native format.</summary>
internal static class TestRows
{
    internal const string Table = "CREATE TABLE t (id UInt64, text String) ENGINE = MergeTree ORDER BY id "
        + "SETTINGS non_replicated_deduplication_window = 100, fsync_after_insert = 1";

    internal static readonly string[] Columns = ["id", "text"];

    internal static NativeBody Body(ulong first, int count, string text = "x") => output =>
    {
        Varint(output, 2);
        Varint(output, (ulong)count);
        Text(output, "id");
        Text(output, "UInt64");
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(8), first + (ulong)i);
            output.Advance(8);
        }

        Text(output, "text");
        Text(output, "String");
        for (var i = 0; i < count; i++)
            Text(output, text);
    };

    private static void Text(IBufferWriter<byte> output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Varint(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private static void Varint(IBufferWriter<byte> output, ulong value)
    {
        while (value >= 0x80)
        {
            output.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        output.Write([(byte)value]);
    }
}
