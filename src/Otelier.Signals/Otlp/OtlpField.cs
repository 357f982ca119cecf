using System.Text;

namespace Otelier.Signals.Otlp;

/// <summary>What a field holds: its protobuf type, with the two kinds of ids apart because OTLP/JSON writes them as hexadecimal text.</summary>
public enum OtlpFieldKind : byte
{
    String,
    Bytes,
    TraceId,
    SpanId,
    Bool,
    Int32,
    UInt32,
    Int64,
    UInt64,
    SInt32,
    Fixed32,
    Fixed64,
    SFixed64,
    Double,
    Enum,
    Message,
}

/// <summary>How often a field may occur, and whether its absence differs from its default.</summary>
public enum OtlpFieldPresence : byte
{
    /// <summary>At most once; absent and default are the same (a message can tell them apart).</summary>
    Implicit,

    /// <summary>At most once; absent and default differ (<c>optional</c> in the .proto).</summary>
    Explicit,

    /// <summary>At most once, and at most one of the members of the message's one choice; the last on the wire wins.</summary>
    OneOf,

    /// <summary>Any number of times; numbers are packed into one length-delimited run.</summary>
    Repeated,
}

/// <summary>One field of one OTLP message: a row of <see cref="OtlpSchema"/>.</summary>
public sealed class OtlpField
{
    private readonly Func<OtlpMessage>? _type;
    private OtlpMessage? _message;

    internal OtlpField(int number, string name, OtlpFieldKind kind, OtlpFieldPresence presence, Func<OtlpMessage>? type)
    {
        Number = number;
        Name = name;
        Kind = kind;
        Presence = presence;
        JsonName = ToCamelCase(name);
        JsonNameUtf8 = Encoding.UTF8.GetBytes(JsonName);
        JsonPrefix = Encoding.UTF8.GetBytes($"\"{JsonName}\":");
        _type = type;
        WireType = kind switch
        {
            OtlpFieldKind.Bool or OtlpFieldKind.Int32 or OtlpFieldKind.UInt32 or OtlpFieldKind.Int64 or OtlpFieldKind.UInt64
                or OtlpFieldKind.SInt32 or OtlpFieldKind.Enum => WireType.Varint,
            OtlpFieldKind.Fixed64 or OtlpFieldKind.SFixed64 or OtlpFieldKind.Double => WireType.Fixed64,
            OtlpFieldKind.Fixed32 => WireType.Fixed32,
            _ => WireType.Length,
        };
    }

    /// <summary>The field number on the wire.</summary>
    public int Number { get; }

    /// <summary>The name in the .proto, in snake case.</summary>
    public string Name { get; }

    /// <summary>The name in OTLP/JSON, in lower camel case.</summary>
    public string JsonName { get; }

    public OtlpFieldKind Kind { get; }

    public OtlpFieldPresence Presence { get; }

    public bool IsRepeated => Presence == OtlpFieldPresence.Repeated;

    /// <summary>Whether the values stand one after the other in one length-delimited field; readers take the unpacked form too.</summary>
    public bool IsPacked => IsRepeated && WireType != WireType.Length;

    /// <summary>The message a field of kind <see cref="OtlpFieldKind.Message"/> holds; <see langword="null"/> for the others.</summary>
    public OtlpMessage? Message => _type is null ? null : _message ??= _type();

    /// <summary>The wire type of one value.</summary>
    public WireType WireType { get; }

    /// <summary>The row's place in its message.</summary>
    internal int Index { get; set; }

    internal byte[] JsonNameUtf8 { get; }

    /// <summary>The name in quotation marks with the colon after it.</summary>
    internal byte[] JsonPrefix { get; }

    public override string ToString() => $"{Name} = {Number}";

    private static string ToCamelCase(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '_')
                text.Append(name[i]);
            else if (++i < name.Length)
                text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }
}
