namespace Otelier.Signals.Traces;

/// <summary>What a service's spans of one sort are called.</summary>
/// <param name="Name">The spans' name.</param>
/// <param name="Kind">The protocol's number.</param>
public readonly record struct OperationName(string Name, int Kind)
{
    /// <summary>Most names that are listed at once: of services, and of the operations of one.</summary>
    public const int NamesMax = 10_000;
}
