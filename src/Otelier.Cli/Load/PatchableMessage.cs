using Otelier.Signals.Otlp;

namespace Otelier.Cli.Load;

/// <summary>
/// Builds a message inside out and remembers where the values stand that will be overwritten before each send.
/// A mark is taken right after the value is written, relative to the level being built; closing a level moves its marks
/// into the parent. What is marked must keep its width for ever.
/// </summary>
internal sealed class PatchableMessage
{
    private const int LevelsMax = 12;

    private readonly List<int> _marks = [];
    private readonly ProtoWriter[] _writers = [.. Enumerable.Range(0, LevelsMax).Select(_ => new ProtoWriter())];
    private readonly int[] _firstMark = new int[LevelsMax];
    private int _level;

    /// <summary>Writes into the innermost open level.</summary>
    public ProtoWriter Writer => _writers[_level];

    public void Open()
    {
        _level++;
        _firstMark[_level] = _marks.Count;
        Writer.Clear();
    }

    public void Close(int field)
    {
        var closed = Writer;
        _level--;
        Writer.WriteBytes(field, closed.WrittenSpan);
        var shift = Writer.Length - closed.Length;
        for (var i = _firstMark[_level + 1]; i < _marks.Count; i++)
            if (_marks[i] >= 0)
                _marks[i] += shift;
    }

    /// <summary>Marks the last <paramref name="width"/> bytes written.</summary>
    public void Mark(int width) => _marks.Add(Writer.Length - width);

    /// <summary>Keeps the place of a mark that this item does not have.</summary>
    public void MarkNothing() => _marks.Add(-1);

    /// <summary>Writes a text attribute (ASCII) and marks it from <paramref name="markFromEnd"/> characters before its end on.</summary>
    public void Attribute(int field, string key, string value, int markFromEnd = 0)
    {
        Open();
        Writer.WriteString(1, key);
        Open();
        Writer.WriteString(1, value);
        if (markFromEnd > 0)
            Mark(markFromEnd);
        Close(2);
        Close(field);
    }

    public void Attribute(int field, string key, long value, bool marked = false)
    {
        Open();
        Writer.WriteString(1, key);
        Open();
        Writer.WriteVarint(3, (ulong)value);
        if (marked)
            Mark(ProtoWriter.VarintLength((ulong)value));
        Close(2);
        Close(field);
    }

    /// <summary>Writes an integer attribute of ten bytes whose value is overwritten later.</summary>
    public void NumberAttribute(int field, string key)
    {
        Open();
        Writer.WriteString(1, key);
        Open();
        Writer.WriteVarint(3, ulong.MaxValue);
        Mark(10);
        Close(2);
        Close(field);
    }

    /// <summary>The whole message after <paramref name="prefix"/>, and its marks in the order taken, counted from the prefix.</summary>
    public (byte[] Bytes, int[] Marks) Build(Func<int, byte[]> prefix)
    {
        var head = prefix(Writer.Length);
        var bytes = new byte[head.Length + Writer.Length];
        head.CopyTo(bytes, 0);
        Writer.WrittenSpan.CopyTo(bytes.AsSpan(head.Length));
        return (bytes, [.. _marks.Select(m => m < 0 ? m : m + head.Length)]);
    }

    public void Clear()
    {
        _marks.Clear();
        _level = 0;
        Writer.Clear();
    }
}
