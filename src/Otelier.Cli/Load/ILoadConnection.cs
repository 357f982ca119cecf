namespace Otelier.Cli.Load;

internal enum LoadAnswerKind
{
    Acknowledged,
    Refused,

    /// <summary>No answer: whether the request was taken is unknown.</summary>
    Broken,
}

/// <summary>How one request ended.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Code">The HTTP or gRPC status; for a broken connection the socket's error.</param>
/// <param name="Rejected">Items the server took the request without.</param>
/// <param name="RetryAfter">What the server asked to wait; zero when it did not.</param>
internal readonly record struct LoadAnswer(LoadAnswerKind Kind, int Code, long Rejected, TimeSpan RetryAfter);

/// <summary>One connection with at most one request under way. It connects when it must; a broken one connects anew.</summary>
internal interface ILoadConnection : IDisposable
{
    ValueTask<LoadAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
