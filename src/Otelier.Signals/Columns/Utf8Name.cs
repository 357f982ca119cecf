using System.Text;

namespace Otelier.Signals.Columns;

/// <summary>A text that repeats (a span's name, a severity), kept once. Immutable.</summary>
public sealed class Utf8Name(byte[] bytes)
{
    private string? _text;

    /// <summary>The empty text.</summary>
    public static Utf8Name Empty { get; } = new([]);

    /// <summary>The UTF-8 bytes; not to be changed.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The text, made into a string when first asked for.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(bytes);

    public override string ToString() => Text;
}
