using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary><c>/api/v1/auth</c>: a token for a key, renewing and revoking it, and who one is.</summary>
internal sealed class TokenEndpoints(Authenticator authenticator, Tokens tokens, OtelierOptions options) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // Open to those who have no token yet: what they show is in the body.
        routes.MapPost("/api/v1/auth/token", ApiRoute.Of(IssueAsync)).Requires(Permission.Open);
        routes.MapPost("/api/v1/auth/refresh", ApiRoute.Of(RefreshAsync)).Requires(Permission.Open);
        routes.MapPost("/api/v1/auth/revoke", ApiRoute.Of(RevokeAsync)).Requires(Permission.Open);
        routes.MapGet("/api/v1/auth/me", ApiRoute.Of(DescribeAsync)).Requires(Permission.Authenticated);
    }

    private async Task<IResult> IssueAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, AuthJsonContext.Default.TokenRequest);
        if (request is null)
            return problem!;
        if (request.ApiKey is not { } key)
            return Problems.Unprocessable("'apiKey' is missing.");
        var authentication = authenticator.AuthenticateKey(context, key);
        return authentication.Caller is { } caller ? Answer(tokens.Issue(caller)) : AuthProblems.Unauthenticated(context, authentication);
    }

    private async Task<IResult> RefreshAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, AuthJsonContext.Default.RefreshRequest);
        if (request is null)
            return problem!;
        if (request.RefreshToken is not { } refresh)
            return Problems.Unprocessable("'refreshToken' is missing.");
        var (authentication, claims) = tokens.Read(refresh, TokenCodec.RefreshAudience);
        if (authentication.Caller is not { } caller)
            return AuthProblems.Unauthenticated(context, authenticator.Failed(context, authentication));
        // It is used up before there is another: of two who show the same one, one gets nothing.
        return await tokens.RevokeAsync(claims!, context.RequestAborted) switch
        {
            CatalogOutcome.Applied => Answer(tokens.Issue(caller)),
            CatalogOutcome.Conflict => AuthProblems.Unauthenticated(context, authenticator.Failed(context, AuthFault.TokenRevoked)),
            _ => TooManyRevoked(),
        };
    }

    private async Task<IResult> RevokeAsync(HttpContext context)
    {
        var (request, problem) = await JsonBody.ReadAsync(context, AuthJsonContext.Default.RevokeRequest);
        if (request is null)
            return problem!;
        if (request.Token is not { } token)
            return Problems.Unprocessable("'token' is missing.");
        var (authentication, claims) = tokens.Read(token, TokenCodec.ApiAudience);
        if (authentication.Fault == AuthFault.TokenAudience)
            (authentication, claims) = tokens.Read(token, TokenCodec.RefreshAudience);
        if (authentication.Caller is null)
            return AuthProblems.Unauthenticated(context, authenticator.Failed(context, authentication));
        return await tokens.RevokeAsync(claims!, context.RequestAborted) is CatalogOutcome.Applied or CatalogOutcome.Conflict
            ? TypedResults.NoContent()
            : TooManyRevoked();
    }

    private Task<IResult> DescribeAsync(HttpContext context)
    {
        var caller = context.GetCaller();
        return Task.FromResult<IResult>(TypedResults.Json(
            new CallerAnswer(
                caller.Tenant.Value,
                RoleName.Of(caller.Role),
                caller.KeyId.Length == 0 ? null : caller.KeyId,
                caller.KeyId.Length == 0 ? null : caller.KeyName,
                options.Auth.Mode == AuthMode.Required ? "required" : "none"),
            AuthJsonContext.Default.CallerAnswer));
    }

    private static JsonHttpResult<TokenAnswer> Answer(IssuedToken issued) => TypedResults.Json(
        new TokenAnswer(
            issued.Token,
            "Bearer",
            DateTimeOffset.FromUnixTimeSeconds(issued.Claims.ExpiresUnixSeconds),
            issued.RefreshToken,
            issued.Claims.Tenant.Value,
            RoleName.Of(issued.Claims.Role)),
        AuthJsonContext.Default.TokenAnswer);

    private static ProblemHttpResult TooManyRevoked() =>
        Problems.LimitReached($"The tenant has {Tokens.RevokedKind.DocumentsMax} revoked tokens that have not expired, which is as many as it may.");
}
