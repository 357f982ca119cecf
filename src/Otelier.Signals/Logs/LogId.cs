using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Otelier.Signals.Logs;

/// <summary>
/// Finds a log record again: OTLP gives records no ids, so it is the record's time and a hash of everything that tells records apart. It
/// stays the same as long as the record is kept. A record that was sent twice has one id.
/// </summary>
/// <param name="TimestampUnixNano">The record's time, in nanoseconds since 1970.</param>
/// <param name="Hash">The store's hash of the record.</param>
public readonly record struct LogId(ulong TimestampUnixNano, ulong Hash)
{
    private const int DigitsPerNumber = 16;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LogId id)
    {
        id = default;
        if (text is not { Length: (2 * DigitsPerNumber) + 1 } || text[DigitsPerNumber] != '-'
            || !TryReadNumber(text.AsSpan(0, DigitsPerNumber), out var time) || !TryReadNumber(text.AsSpan(DigitsPerNumber + 1), out var hash))
        {
            return false;
        }

        id = new LogId(time, hash);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TimestampUnixNano:x16}-{Hash:x16}");

    private static bool TryReadNumber(ReadOnlySpan<char> digits, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && !digits.ContainsAnyInRange('A', 'F');
}
