using System.Diagnostics.Metrics;
using Otelier.Server.Http;

namespace Otelier.Server.Auth;

/// <summary>
/// Decides on every request of the API's listener, after routing has found what it is for: by the route, never by its path, so no spelling
/// of a path gets round it. A route that declares nothing is refused.
/// </summary>
internal sealed class AccessControl
{
    private const int KeysMax = 100_000;

    private readonly AuthenticateDelegate _authenticate;
    private readonly AuditTrail _audit;
    private readonly RateBuckets<string> _requests;
    private readonly Counter<long> _limited;

    public AccessControl(AuthenticateDelegate authenticate, AuditTrail audit, OtelierOptions options, TimeProvider time, Meter meter)
    {
        (_authenticate, _audit) = (authenticate, audit);
        _requests = new RateBuckets<string>(options.Auth.RequestsPerSecond, options.Auth.RequestBurst, KeysMax, time);
        _limited = meter.CreateCounter<long>("otelier.api.rate_limited", "{request}", "API requests refused because a key made too many.");
    }

    public RequestDelegate Guard(RequestDelegate next) => context => context.GetEndpoint() is RouteEndpoint route
        ? DecideAsync(context, route.Metadata.GetMetadata<RoutePermission>(), next)
        // Nothing, or the framework's own 405 and 415: there is nothing to guard.
        : next(context);

    private Task DecideAsync(HttpContext context, RoutePermission? declared, RequestDelegate next)
    {
        if (declared is null)
            return Problems.Create(StatusCodes.Status403Forbidden, "This route declares no permission, so nobody has it.", "route-closed").ExecuteAsync(context);
        if (declared.Permission == Permission.Open)
            return next(context);
        var authentication = _authenticate(context);
        if (authentication.Caller is not { } caller)
            return AuthProblems.Unauthenticated(context, authentication).ExecuteAsync(context);
        if (caller.KeyId.Length > 0 && !_requests.Of(caller.KeyId).TryTake(1, out var wait))
        {
            _limited.Add(1);
            return AuthProblems.TooMany(context, "The key makes more requests than it may.", wait).ExecuteAsync(context);
        }

        context.SetCaller(caller);
        return caller.May(declared.Permission) ? next(context) : DenyAsync(context, caller, declared.Permission);
    }

    private async Task DenyAsync(HttpContext context, Caller caller, Permission permission)
    {
        if (permission is Permission.Admin or Permission.Operate)
            await _audit.WriteAsync(context, $"{context.Request.Method} {context.Request.Path}", "", outcome: "forbidden");
        await AuthProblems.Forbidden(caller.Role, permission).ExecuteAsync(context);
    }
}
