namespace Otelier.Signals.Services;

/// <summary>What a span is in a call.</summary>
public enum CallRole : byte
{
    /// <summary>Neither calls nor answers, but may have a parent in another service, or be one.</summary>
    Other,
    Client,
    Producer,
    Server,
    Consumer,
}

/// <summary>What a line of calls tells of both sides.</summary>
public enum CallSide : byte
{
    /// <summary>Both sides sent a span; counted where the callee's began, with the callee's durations.</summary>
    Paired,

    /// <summary>The same calls, counted where the caller's span began, with the caller's durations and whom it names.</summary>
    Answered,

    /// <summary>Nobody answered; the peer is whom the caller names.</summary>
    Unanswered,

    /// <summary>Taken from a queue by the callee, and no caller is known; the peer is the queue.</summary>
    Consumed,
}

/// <summary>Which calls are counted together.</summary>
/// <param name="Side">What is known.</param>
/// <param name="Caller">The calling service; empty where it is not known.</param>
/// <param name="Callee">The called service; empty where it is not known.</param>
/// <param name="Peer">Whom the one side names that sent a span; nobody where that does not matter.</param>
/// <param name="IsQueued">Whether a queue is between the two.</param>
public readonly record struct CallLine(CallSide Side, string Caller, string Callee, CallPeer Peer, bool IsQueued);

/// <summary>Calls of a line whose durations lie in one bucket.</summary>
/// <param name="Line">Which.</param>
/// <param name="Counts">How many.</param>
public readonly record struct CountedCalls(CallLine Line, CallCounts Counts);
