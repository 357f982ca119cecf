using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Reads the KeyValue messages of one attribute map after the other into an <see cref="AttributesColumn"/>. It remembers
/// the shapes it has seen (<see cref="AttributeShapeTree"/>), so a map like an earlier one costs a comparison per key.
/// One decoder owns it; not thread-safe.
/// </summary>
internal sealed class AttributeReader : IDisposable
{
    private const byte KeyTag = (1 << 3) | (byte)WireType.Length;
    private const byte ValueTag = (2 << 3) | (byte)WireType.Length;

    /// <summary>Bytes copied at once.</summary>
    private const int Wide = 32;

    /// <summary>The longest prefix a Native string of 32 bits' length has.</summary>
    private const int LengthBytesMax = 5;

    private struct ValueRef
    {
        /// <summary>Where the text starts: in the body, or from <see cref="InScratch"/> on in the scratch buffer.</summary>
        public int Start;
        public int Length;
        public bool InScratch;
    }

    private readonly AttributeShapeTree _shapes = new();
    private readonly ByteBuffer _scratch = new();
    private readonly ByteBuffer _nested = new();
    private readonly ByteBuffer _nestedInOrder = new();
    private ValueRef[] _refs = new ValueRef[64];
    private int[] _nestedEnds = new int[64];
    private int _count;

    /// <summary>From now on another column is filled.</summary>
    public void BeginColumn() => _shapes.BeginColumn();

    /// <summary>Starts a map without attributes.</summary>
    public void BeginRow()
    {
        _count = 0;
        _scratch.Clear();
        _nested.Clear();
        _shapes.BeginRow();
    }

    /// <summary>Takes one KeyValue message, which lies somewhere in <paramref name="body"/>.</summary>
    public DecodeError Add(ReadOnlySpan<byte> keyValue, ReadOnlySpan<byte> body)
    {
        if (!TrySplitPlain(keyValue, out var key, out var value))
        {
            var error = Split(keyValue, out key, out value);
            if (error != DecodeError.None)
                return error;
        }

        if (_count >= DecodeLimits.AttributesPerItemMax)
            return DecodeError.TooManyAttributes;
        if (key.Length > DecodeLimits.AttributeKeyBytesMax)
            return DecodeError.KeyTooLong;
        if (_count == _refs.Length)
        {
            Array.Resize(ref _refs, _refs.Length * 2);
            Array.Resize(ref _nestedEnds, _refs.Length);
        }

        var valueError = ReadValue(value, body, ref _refs[_count], out var letter);
        if (valueError != DecodeError.None)
            return valueError;
        _nestedEnds[_count] = _nested.Length;
        _count++;
        return _shapes.Step(key, letter);
    }

    /// <summary>Adds the map as a row of <paramref name="column"/>. After a fault the caller truncates the column.</summary>
    public DecodeError EndRow(AttributesColumn column, ReadOnlySpan<byte> body)
    {
        var shapeIndex = _shapes.EndRow(column, out var shape);
        var values = column.OpenRow;
        var start = values.Length;
        AppendTexts(values, shape.SentOrder, body);

        // One look at the whole row; only where it is not plain ASCII are the texts looked at one by one.
        if (!Ascii.IsValid(values.WrittenSpan[start..]) && !TextsAreUtf8(shape, body))
            return DecodeError.InvalidUtf8;

        column.EndRow(shapeIndex, shape.HasNested ? NestedSignature(shape) : default);
        return DecodeError.None;
    }

    /// <summary>
    /// Adds the texts in the order of the sorted keys. Most are short: they are copied as whole vectors where there is memory
    /// behind both ends, and what was copied too much is written over by the next.
    /// </summary>
    private void AppendTexts(ByteBuffer values, ReadOnlySpan<int> order, ReadOnlySpan<byte> body)
    {
        var size = 0;
        for (var i = 0; i < _count; i++)
            size += _refs[i].Length + LengthBytesMax;
        var output = values.GetSpan(size + Wide);
        ref var to = ref MemoryMarshal.GetReference(output);
        var at = 0;
        var scratch = _scratch.WithSlack(Wide);
        foreach (var sent in order)
        {
            ref var text = ref _refs[sent];
            var source = text.InScratch ? scratch : body;
            var length = text.Length;
            if (length <= Wide && text.Start + Wide <= source.Length)
            {
                Unsafe.Add(ref to, at) = (byte)length;
                Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(source), text.Start)).StoreUnsafe(ref Unsafe.Add(ref to, at + 1));
                at += 1 + length;
                continue;
            }

            var rest = (uint)length;
            while (rest >= 0x80)
            {
                output[at++] = (byte)(rest | 0x80);
                rest >>= 7;
            }

            output[at++] = (byte)rest;
            source.Slice(text.Start, length).CopyTo(output[at..]);
            at += length;
        }

        values.Advance(at);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _nested.Dispose();
        _nestedInOrder.Dispose();
    }

    /// <summary>The form every SDK writes: key, then value, each once, with short lengths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySplitPlain(ReadOnlySpan<byte> keyValue, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        if (keyValue.Length >= 4 && keyValue[0] == KeyTag && keyValue[1] < 0x80)
        {
            var at = 2 + keyValue[1];
            if (at + 1 < keyValue.Length && keyValue[at] == ValueTag && keyValue[at + 1] == keyValue.Length - at - 2 && keyValue[at + 1] < 0x80)
            {
                key = keyValue[2..at];
                value = keyValue[(at + 2)..];
                return true;
            }
        }

        key = default;
        value = default;
        return false;
    }

    private static DecodeError Split(ReadOnlySpan<byte> keyValue, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var reader = new ProtoReader(keyValue);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case KeyTag:
                    key = reader.ReadBytes();
                    break;
                case ValueTag:
                    value = reader.ReadBytes();
                    break;
                case >= 8 and < 24:
                    reader.Fail(DecodeError.WrongWireType);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return reader.Error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DecodeError ReadValue(ReadOnlySpan<byte> value, ReadOnlySpan<byte> body, ref ValueRef target, out AttributeLetter letter)
    {
        // The form of most values: a string shorter than 128 bytes and nothing else.
        if (value.Length >= 2 && value[0] == AnyValueWire.StringTag && value[1] == value.Length - 2 && value[1] < 0x80)
        {
            letter = AttributeLetter.String;
            target.Start = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(body), ref Unsafe.Add(ref MemoryMarshal.GetReference(value), 2));
            target.Length = value.Length - 2;
            target.InScratch = false;
            return DecodeError.None;
        }

        return ReadOther(value, body, ref target, out letter);
    }

    private DecodeError ReadOther(ReadOnlySpan<byte> value, ReadOnlySpan<byte> body, ref ValueRef target, out AttributeLetter letter)
    {
        if (value.Length >= 2)
        {
            var reader = new ProtoReader(value[1..]);
            switch (value[0])
            {
                case AnyValueWire.StringTag:
                    var text = reader.ReadBytes();
                    if (reader.Position != value.Length - 1 || reader.Error != DecodeError.None)
                        break;
                    letter = AttributeLetter.String;
                    target.Start = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(body), ref MemoryMarshal.GetReference(text));
                    target.Length = text.Length;
                    target.InScratch = false;
                    return DecodeError.None;
                case AnyValueWire.IntTag:
                    var number = (long)reader.ReadVarint();
                    if (reader.Position != value.Length - 1 || reader.Error != DecodeError.None)
                        break;
                    letter = AttributeLetter.Int;
                    Utf8Formatter.TryFormat(number, _scratch.GetSpan(20), out var digits);
                    Take(ref target, digits);
                    return DecodeError.None;
                case AnyValueWire.BoolTag when value.Length == 2 && value[1] < 2:
                    letter = AttributeLetter.Bool;
                    var word = value[1] == 1 ? "true"u8 : "false"u8;
                    word.CopyTo(_scratch.GetSpan(word.Length));
                    Take(ref target, word.Length);
                    return DecodeError.None;
                case AnyValueWire.DoubleTag when value.Length == 9:
                    letter = AttributeLetter.Double;
                    reader.ReadDouble().TryFormat(_scratch.GetSpan(32), out var written, "R", CultureInfo.InvariantCulture);
                    Take(ref target, written);
                    return DecodeError.None;
            }
        }

        var start = _scratch.Length;
        var error = AnyValueText.Encode(value, _scratch, _nested, out var code);
        letter = (AttributeLetter)code;
        target.Start = start;
        target.Length = _scratch.Length - start;
        target.InScratch = true;
        return error;
    }

    private void Take(ref ValueRef target, int length)
    {
        target.Start = _scratch.Length;
        target.Length = length;
        target.InScratch = true;
        _scratch.Advance(length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Text(ref ValueRef value, ReadOnlySpan<byte> body) =>
        value.InScratch ? _scratch.Slice(value.Start, value.Length) : body.Slice(value.Start, value.Length);

    private bool TextsAreUtf8(AttributeShape shape, ReadOnlySpan<byte> body)
    {
        foreach (var sent in shape.SentOrder)
        {
            if (!Utf8.IsValid(Text(ref _refs[sent], body)))
                return false;
        }

        return true;
    }

    private ReadOnlySpan<byte> NestedSignature(AttributeShape shape)
    {
        _nestedInOrder.Clear();
        foreach (var sent in shape.SentOrder)
        {
            var start = sent == 0 ? 0 : _nestedEnds[sent - 1];
            _nestedInOrder.Append(_nested.Slice(start, _nestedEnds[sent] - start));
        }

        return _nestedInOrder.WrittenSpan;
    }
}
