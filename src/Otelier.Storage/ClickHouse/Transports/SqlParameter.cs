using System.Buffers;
using System.Globalization;
using System.Text;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// A value for a <c>{name:Type}</c> placeholder, in the escaped text form both transports send. The engine parses it as the
/// placeholder's type, so no value can become SQL. Text may hold any bytes.
/// </summary>
internal readonly record struct SqlParameter
{
    private SqlParameter(string name, ReadOnlyMemory<byte> text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>The placeholder's name.</summary>
    internal string Name { get; }

    /// <summary>The value as the engine reads it.</summary>
    internal ReadOnlyMemory<byte> Text { get; }

    /// <summary>For <c>{name:String}</c> and types that are written as text.</summary>
    internal static SqlParameter String(string name, string value) => Utf8(name, Encoding.UTF8.GetBytes(value));

    /// <summary>For <c>{name:String}</c> and FixedString, from bytes.</summary>
    internal static SqlParameter Utf8(string name, ReadOnlySpan<byte> value)
    {
        var output = new ArrayBufferWriter<byte>(value.Length + 8);
        Escape(value, output);
        return new SqlParameter(name, output.WrittenMemory);
    }

    /// <summary>For <c>{name:Int64}</c>, narrower numbers, and <c>DateTime64(9)</c> as nanoseconds through <c>fromUnixTimestamp64Nano</c>.</summary>
    internal static SqlParameter Int64(string name, long value) => Formatted(name, value);

    /// <summary>For <c>{name:UInt64}</c>.</summary>
    internal static SqlParameter UInt64(string name, ulong value) => Formatted(name, value);

    /// <summary>For <c>{name:Float64}</c>; NaN and infinities too.</summary>
    internal static SqlParameter Float64(string name, double value) =>
        double.IsFinite(value)
            ? new(name, Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)))
            : new(name, double.IsNaN(value) ? "nan"u8.ToArray() : value > 0 ? "inf"u8.ToArray() : "-inf"u8.ToArray());

    /// <summary>For <c>{name:Bool}</c>.</summary>
    internal static SqlParameter Bool(string name, bool value) => new(name, value ? "true"u8.ToArray() : "false"u8.ToArray());

    /// <summary>For <c>{name:Array(String)}</c>.</summary>
    internal static SqlParameter Strings(string name, IReadOnlyList<string> values)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("["u8);
        for (var i = 0; i < values.Count; i++)
        {
            output.Write(i == 0 ? "'"u8 : ",'"u8);
            Escape(Encoding.UTF8.GetBytes(values[i]), output);
            output.Write("'"u8);
        }

        output.Write("]"u8);
        return new SqlParameter(name, output.WrittenMemory);
    }

    /// <summary>For <c>{name:Array(UInt64)}</c>.</summary>
    internal static SqlParameter UInt64s(string name, IReadOnlyList<ulong> values) =>
        new(name, Encoding.ASCII.GetBytes($"[{string.Join(',', values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]"));

    /// <summary>For any type: the value in the engine's escaped text already.</summary>
    internal static SqlParameter Escaped(string name, ReadOnlyMemory<byte> text) => new(name, text);

    private static SqlParameter Formatted<T>(string name, T value) where T : IUtf8SpanFormattable
    {
        var bytes = new byte[24];
        value.TryFormat(bytes, out var length, default, CultureInfo.InvariantCulture);
        return new SqlParameter(name, bytes.AsMemory(0, length));
    }

    /// <summary>
    /// The engine's escaped text ends at a raw tab or newline and reads backslash sequences, so those are escaped; the quote is
    /// escaped for the elements of arrays and does no harm elsewhere.
    /// </summary>
    private static void Escape(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> output)
    {
        while (!value.IsEmpty)
        {
            var plain = value.IndexOfAny(EscapedBytes);
            if (plain < 0)
            {
                output.Write(value);
                return;
            }

            output.Write(value[..plain]);
            output.Write([(byte)'\\', Letter(value[plain])]);
            value = value[(plain + 1)..];
        }
    }

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create("\\'\t\n\r\b\f\0"u8);

    private static byte Letter(byte value) => value switch
    {
        (byte)'\t' => (byte)'t',
        (byte)'\n' => (byte)'n',
        (byte)'\r' => (byte)'r',
        (byte)'\b' => (byte)'b',
        (byte)'\f' => (byte)'f',
        0 => (byte)'0',
        _ => value,
    };
}
