using Otelier.Signals.Columns;

namespace Otelier.Signals.Otlp;

/// <summary>
/// A resource's entity references as they are stored: the OTLP/JSON text of a Resource that has nothing else. They are
/// few and rarely there, so a readable text serves better than columns.
/// </summary>
internal static class EntityRefsText
{
    /// <summary>Adds the text for the entity_refs fields of a Resource message to <paramref name="column"/>.</summary>
    public static DecodeError Encode(ReadOnlySpan<byte> entityRefs, StringColumn column)
    {
        using var json = new ByteBuffer();
        var error = OtlpJsonWriter.Write(entityRefs, OtlpSchema.Resource, json);
        if (error == DecodeError.None)
            column.Add(json.WrittenSpan);
        return error;
    }

    /// <summary>Appends the fields that <see cref="Encode"/> was given to a Resource message being written.</summary>
    public static DecodeError Decode(ReadOnlySpan<byte> text, ProtoWriter resource) =>
        OtlpJsonReader.TryTranscode(text, OtlpSchema.Resource, resource, out _);
}
