namespace Otelier.Signals.Otlp;

/// <summary>One message of the protocol: its name and its fields, in the order in which our encoders write them.</summary>
public sealed class OtlpMessage
{
    private readonly OtlpField[] _fields;
    private readonly OtlpField?[] _byNumber;

    internal OtlpMessage(string name, params OtlpField[] fields)
    {
        Name = name;
        _fields = fields;
        _byNumber = new OtlpField?[fields.Max(field => field.Number) + 1];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Index = i;
            _byNumber[fields[i].Number] = fields[i];
        }
    }

    /// <summary>The message's own name, without its package: <c>ResourceSpans</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<OtlpField> Fields => _fields;

    internal ReadOnlySpan<OtlpField> FieldSpan => _fields;

    /// <summary>The field with this wire number, or <see langword="null"/> when the protocol has none.</summary>
    public OtlpField? Find(uint number) => number < (uint)_byNumber.Length ? _byNumber[number] : null;

    /// <summary>
    /// The field with this JSON name, or <see langword="null"/>. <paramref name="next"/> is where the search starts and
    /// becomes the place after the find: senders write the fields of a kind in the same order every time, so the first
    /// comparison is usually the last.
    /// </summary>
    internal OtlpField? Find(ReadOnlySpan<byte> jsonName, ref int next)
    {
        var i = next;
        for (var tried = 0; tried < _fields.Length; tried++)
        {
            if ((uint)i >= (uint)_fields.Length)
                i = 0;
            var field = _fields[i++];
            if (jsonName.SequenceEqual(field.JsonNameUtf8))
            {
                next = i;
                return field;
            }
        }

        return null;
    }

    public override string ToString() => Name;
}
