namespace Otelier.Server.Http;

/// <summary>Which question a check answers.</summary>
internal enum HealthKind
{
    /// <summary>May requests be sent here? Asked by <c>/health/ready</c> and gRPC's <c>Health/Check</c>.</summary>
    Ready,

    /// <summary>Does the store work? Asked by <c>/health/store</c> only: while it does not, ingest goes on into the log.</summary>
    Store,
}

/// <summary>What a check found.</summary>
/// <param name="Ok">Whether all is well.</param>
/// <param name="Message">English, for a person; may be empty when all is well.</param>
/// <param name="IsDegraded">It works, and somebody should look all the same.</param>
internal readonly record struct HealthState(bool Ok, string Message = "", bool IsDegraded = false);

/// <summary>One check, registered by the part that knows: <c>services.AddSingleton(new HealthCheck(...))</c>.</summary>
/// <param name="Name">Short and constant, such as <c>log</c>.</param>
/// <param name="Kind">Which question it answers.</param>
/// <param name="CheckAsync">Looks; it is given <see cref="HealthEndpoints.CheckTimeout"/> and must not throw for what it looks for.</param>
internal sealed record HealthCheck(string Name, HealthKind Kind, Func<CancellationToken, ValueTask<HealthState>> CheckAsync);

/// <summary>The body of the health endpoints.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthCheckAnswer> Checks);

/// <summary>One check in <see cref="HealthAnswer"/>.</summary>
internal sealed record HealthCheckAnswer(string Name, string Status, string Message);
