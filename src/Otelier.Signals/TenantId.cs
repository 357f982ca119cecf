using System.Diagnostics.CodeAnalysis;

namespace Otelier.Signals;

/// <summary>
/// Who owns a piece of telemetry. 1 to 64 characters of <c>a-z 0-9 _ -</c>; it comes from the caller's key,
/// never from the payload.
/// </summary>
public readonly record struct TenantId
{
    /// <summary>Longest allowed tenant name, in characters.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private TenantId(string value) => _value = value;

    /// <summary>The tenant of a server that has no keys.</summary>
    public static TenantId Default { get; } = new("default");

    /// <summary>The name; <c>default</c> for the zero value.</summary>
    public string Value => _value ?? "default";

    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId tenant)
    {
        tenant = Default;
        if (text is null || text.Length is 0 or > MaxLength)
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('_' or '-'))
                return false;
        }

        tenant = new TenantId(text);
        return true;
    }

    public override string ToString() => Value;
}
