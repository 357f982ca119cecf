namespace Otelier.Signals.Services;

/// <summary>What pairing needs to know of a span.</summary>
/// <param name="Key">A 64-bit hash of trace id and span id.</param>
/// <param name="Minute">When it began, in minutes since 1970.</param>
/// <param name="Role">What it is in a call.</param>
/// <param name="Service">Who sent it, as <see cref="CallPairing.NumberOf(string)"/> numbers services.</param>
/// <param name="IsFailed">Whether its status is error.</param>
/// <param name="DurationNanos">How long it took, in nanoseconds. Of a neighbour it does not matter.</param>
/// <param name="Peer">Whom it names, as <see cref="CallPairing.NumberOf(CallPeer)"/> numbers peers. Of a neighbour it does not matter.</param>
public readonly record struct CallSpan(ulong Key, uint Minute, CallRole Role, int Service, bool IsFailed, ulong DurationNanos, int Peer)
{
    /// <summary>Whether it asks another service for something.</summary>
    public bool IsCall => Role is CallRole.Client or CallRole.Producer;

    /// <summary>Whether it is what the callee does.</summary>
    public bool IsAnswer => Role is CallRole.Server or CallRole.Consumer;
}
