using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Otelier.Server.Auth;

/// <summary>
/// The text of an API key: a prefix by which secret scanners know it, and 256 random bits. Only its SHA-256 is kept. A slow hash would
/// add nothing: it makes guessing a password dear, and 256 random bits cannot be guessed however cheap a guess is; but it would be
/// paid for with every request.
/// </summary>
internal static class KeySecret
{
    public const string Prefix = "otl_";

    private const int Size = 32;
    private const int TextLength = 43;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));

    /// <summary>What is kept of a key; <see langword="false"/> for a text that cannot be one.</summary>
    public static bool TryHash(string text, [NotNullWhen(true)] out string? hash)
    {
        hash = null;
        if (text.Length != Prefix.Length + TextLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        foreach (var c in text.AsSpan(Prefix.Length))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
        return true;
    }
}
