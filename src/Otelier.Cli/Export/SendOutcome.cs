namespace Otelier.Cli.Export;

internal enum SendStatus
{
    /// <summary>Answered with success; some items may still have been rejected.</summary>
    Acknowledged,

    /// <summary>Answered with a fault that repeating cannot cure, or that did not go away.</summary>
    Refused,

    /// <summary>Answered that the key is missing, wrong or not one to send with, so that no other request will fare better.</summary>
    Denied,

    /// <summary>Nobody answered.</summary>
    Unreachable,
}

/// <summary>What became of one request.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Rejected">Items the server took the request without.</param>
/// <param name="Retries">How often it was sent again.</param>
/// <param name="Message">The server's or the network's reason; empty when there is none.</param>
internal sealed record SendOutcome(SendStatus Status, long Rejected, int Retries, string Message)
{
    /// <summary>Whether the fault is one of those that go away by themselves, and after how long at the soonest.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
