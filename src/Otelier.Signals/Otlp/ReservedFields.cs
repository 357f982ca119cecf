namespace Otelier.Signals.Otlp;

/// <summary>
/// Field numbers that early versions of the protocol used and the present one reserves. What stands there is unknown, and no
/// fault in whatever wire type it comes. One bit per field number.
/// </summary>
internal static class ReservedFields
{
    public const uint Metric = (1u << 4) | (1u << 6) | (1u << 8);

    /// <summary>Number, histogram and summary points and exemplars.</summary>
    public const uint Point = 1u << 1;

    /// <summary><see cref="ProtoReader.SkipUnknown"/> for messages that have reserved fields.</summary>
    public static void SkipOther(ref ProtoReader reader, uint tag, uint lastKnownField, uint reserved)
    {
        var field = tag >> 3;
        if (field < 32 && (reserved & (1u << (int)field)) != 0)
            reader.Skip(tag);
        else
            reader.SkipUnknown(tag, lastKnownField);
    }
}
