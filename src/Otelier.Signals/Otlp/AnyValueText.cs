using Otelier.Signals.Columns;
namespace Otelier.Signals.Otlp;
internal static class AnyValueText
{
    public static DecodeError Encode(ReadOnlySpan<byte> anyValue, ByteBuffer text, ByteBuffer nestedSignature, out AttributeLetter letter)
    { letter = AttributeLetter.Empty; text.Append(nestedSignature.WrittenSpan); return anyValue.IsEmpty ? DecodeError.None : DecodeError.NestingTooDeep; }
}
