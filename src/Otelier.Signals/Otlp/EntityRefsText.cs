using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// A resource's entity references as they are stored: the OTLP/JSON text of a Resource that has nothing else.
/// </summary>
internal static class EntityRefsText
{
    /// <summary>Adds the text of a Resource message that holds nothing but entity references as a row of <paramref name="column"/>.</summary>
    public static DecodeError Encode(ReadOnlySpan<byte> entityRefs, StringColumn column)
    {
        using var json = new ByteBuffer();
        var error = OtlpJsonWriter.Write(entityRefs, OtlpSchema.Resource, json);
        if (error == DecodeError.None)
            column.Add(json.WrittenSpan);
        return error;
    }

    /// <summary>Appends the entity_refs fields the text was made of. An error means that <see cref="Encode"/> did not make it.</summary>
    public static DecodeError Decode(ReadOnlySpan<byte> text, ProtoWriter output) =>
        OtlpJsonReader.TryTranscode(text, OtlpSchema.Resource, output, out _);
}
