namespace Otelier.Signals.Otlp;

/// <summary>The named limits of decoding. What exceeds one of them is a counted rejection.</summary>
public static class DecodeLimits
{
    /// <summary>Most attributes of one item, resource, scope, event or link.</summary>
    public const int AttributesPerItemMax = 4096;

    /// <summary>Longest attribute key, in bytes of UTF-8.</summary>
    public const int AttributeKeyBytesMax = 4096;

    /// <summary>Deepest nesting of AnyValue messages.</summary>
    public const int AnyValueDepthMax = 64;
}
