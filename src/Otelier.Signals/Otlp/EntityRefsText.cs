using Otelier.Signals.Columns;
namespace Otelier.Signals.Otlp;
internal static class EntityRefsText
{
    public static DecodeError Encode(ReadOnlySpan<byte> entityRefs, StringColumn column) { column.Add(entityRefs); return DecodeError.None; }
}
