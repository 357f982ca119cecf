namespace Otelier.Server.Http;

/// <summary><c>/health/live</c>, <c>/health/ready</c>, <c>/health/store</c>.</summary>
internal sealed class HealthEndpoints(IEnumerable<HealthCheck> checks, TimeProvider time) : IEndpoints
{
    private const string Ok = "ok";
    private const string Degraded = "degraded";
    private const string Failing = "failing";

    private static readonly HealthAnswer Alive = new(Ok, []);

    private readonly HealthCheck[] _checks = [.. checks];

    /// <summary>How long one check may take before it counts as failing.</summary>
    public static TimeSpan CheckTimeout { get; } = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        // Alive means: able to answer at all. Anything more would have a supervisor restart us for somebody else's fault.
        routes.MapGet("/health/live", context => AnswerAsync(context, Alive)).Requires(Permission.Open);
        // Asked by supervisors and load balancers, which have no key; it says whether requests may be sent here and nothing of the data.
        routes.MapGet("/health/ready", context => AnswerAsync(context, HealthKind.Ready)).Requires(Permission.Open);
        routes.MapGet("/health/store", context => AnswerAsync(context, HealthKind.Store)).Requires(Permission.Read);
    }

    /// <summary>Asks every check of <paramref name="kind"/>, one after the other.</summary>
    public async ValueTask<HealthAnswer> CheckAsync(HealthKind kind, CancellationToken ct)
    {
        var answers = new List<HealthCheckAnswer>();
        foreach (var check in _checks)
        {
            if (check.Kind != kind)
                continue;
            var state = await CheckAsync(check, ct);
            answers.Add(new HealthCheckAnswer(check.Name, state.Ok ? state.IsDegraded ? Degraded : Ok : Failing, state.Message));
        }

        var worst = answers.Exists(answer => answer.Status == Failing) ? Failing : answers.Exists(answer => answer.Status == Degraded) ? Degraded : Ok;
        return new HealthAnswer(worst, answers);
    }

    /// <summary>Whether all checks of <paramref name="kind"/> are well.</summary>
    public async ValueTask<bool> IsOkAsync(HealthKind kind, CancellationToken ct) => (await CheckAsync(kind, ct)).Status != Failing;

    private async ValueTask<HealthState> CheckAsync(HealthCheck check, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(CheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await check.CheckAsync(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new HealthState(Ok: false, $"No answer within {CheckTimeout.TotalSeconds} s.");
        }
    }

    private async Task AnswerAsync(HttpContext context, HealthKind kind) =>
        await AnswerAsync(context, await CheckAsync(kind, context.RequestAborted));

    private static Task AnswerAsync(HttpContext context, HealthAnswer answer)
    {
        context.Response.StatusCode = answer.Status == Failing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, HttpJsonContext.Default.HealthAnswer, cancellationToken: context.RequestAborted);
    }
}
