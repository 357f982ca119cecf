using Otelier.Signals.Otlp;

namespace Otelier.Server.Ingest;

/// <summary>What became of an Export request.</summary>
internal enum IngestOutcome
{
    /// <summary>Every item that was not rejected is fsynced: 200 / OK, with partial success where items were rejected.</summary>
    Accepted,

    /// <summary>The message could not be read: 400 / INVALID_ARGUMENT. Nothing was kept.</summary>
    Malformed,

    /// <summary>Not now: 503 / UNAVAILABLE with Retry-After / RetryInfo. Nothing was kept.</summary>
    Unavailable,

    /// <summary>The tenant's quota is used up: 429 / RESOURCE_EXHAUSTED with Retry-After / RetryInfo. Nothing was kept.</summary>
    QuotaExceeded,
}

/// <summary>The pipeline's answer, which each transport says in its own words.</summary>
/// <param name="Outcome">What became of the request.</param>
/// <param name="RejectedItems">How many spans, log records or data points were rejected (only when accepted).</param>
/// <param name="Error">Why the message could not be read (only when malformed).</param>
/// <param name="Message">English, for a person: what was wrong and what is allowed. Empty when nothing was.</param>
/// <param name="RetryAfter">When to come again (only when unavailable or over quota).</param>
internal readonly record struct IngestResult(
    IngestOutcome Outcome,
    long RejectedItems = 0,
    DecodeError Error = DecodeError.None,
    string Message = "",
    TimeSpan RetryAfter = default);
