namespace Otelier.Storage;

/// <summary>What kind of fault a store met, as far as its caller acts on it.</summary>
public enum StoreFault
{
    /// <summary>Away, overloaded or in the middle of something: the same call may succeed later.</summary>
    Unavailable,

    /// <summary>The query ran into its time limit.</summary>
    Timeout,

    /// <summary>The query ran into its memory or row limit.</summary>
    LimitExceeded,

    /// <summary>The call can never succeed: a bug, or a store that is not what the program expects.</summary>
    Internal,
}

/// <summary>A fault of a store, in words of no particular engine.</summary>
public sealed class StoreException(StoreFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public StoreFault Fault { get; } = fault;
}
