namespace Otelier.Signals.Filters;

/// <summary>What is to be known of a field of the protocol's own to write a filter with it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Name">How it is written, and shown.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Signals">The signals that have it.</param>
/// <param name="Description">What it says, for people.</param>
public sealed record FieldDefinition(IntrinsicField Field, string Name, FieldType Type, IReadOnlyList<Signal> Signals, string Description)
{
    /// <summary>Other ways to write the name.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>All values it can have, of a field of words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The unit of its numbers, or <see langword="null"/>.</summary>
    public string? Unit => Type switch { FieldType.Duration => "ns", FieldType.Time => "unix ns", _ => null };
}
