namespace Otelier.Server.Ingest;

/// <summary>Why a request is not taken.</summary>
/// <param name="Message">English, for a person: which limit, and how high it is.</param>
/// <param name="RetryAfter">When the same request may be taken.</param>
internal readonly record struct AdmissionRefusal(string Message, TimeSpan RetryAfter);

/// <summary>
/// Decides whether telemetry is taken at all. Rules are asked for every request, from any thread, and must not wait.
/// </summary>
internal interface IAdmissionRule
{
    /// <summary>Asked before a message is decoded, which is most of the work of a request.</summary>
    /// <returns>The refusal, or <see langword="null"/> to let it pass.</returns>
    AdmissionRefusal? Check(in IngestRequest request);

    /// <summary>Told how many items were in a request that was let pass.</summary>
    void Count(in IngestRequest request, int items);

    /// <summary>Told that a request that was let pass is over, whatever became of it: what it left behind is in the log.</summary>
    void Leave(in IngestRequest request);
}
