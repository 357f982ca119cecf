using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Server.Http;

namespace Otelier.Server.Auth;

/// <summary>
/// <c>/v3/auth/token</c> as AgentOps' SDK asks for it: the same tokens in other words. The key is not in them, and one that is revoked
/// takes them along.
/// </summary>
internal sealed class AgentOpsTokenEndpoints(Authenticator authenticator, Tokens tokens, OtelierOptions options) : IEndpoints
{
    private const string Route = "/v3/auth/token";

    // Of free, pro and enterprise the one that makes the SDK hold nothing back.
    private const string Plan = "enterprise";
    private const string Bearer = "Bearer ";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Route, ApiRoute.Of(IssueAsync)).Requires(Permission.Open);
        routes.MapGet(Route, ApiRoute.Of(DescribeAsync)).Requires(Permission.Open);
    }

    private async Task<IResult> IssueAsync(HttpContext context)
    {
        string? key;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            key = body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("api_key", out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            return Error(StatusCodes.Status422UnprocessableEntity, "The body is no JSON");
        }

        if (key is null)
            return Error(StatusCodes.Status422UnprocessableEntity, "api_key is required");
        if (options.Auth.Mode == AuthMode.None)
            return Answer(Caller.Anonymous);
        if (!KeySecret.TryHash(key, out _))
            return Error(StatusCodes.Status400BadRequest, "Invalid API key format");
        var authentication = authenticator.AuthenticateKey(context, key);
        if (authentication.Caller is { } caller)
            return Answer(caller);
        return authentication.Fault == AuthFault.TooManyFailures
            ? AuthProblems.Unauthenticated(context, authentication)
            : Error(StatusCodes.Status403Forbidden, "Invalid API key");
    }

    private Task<IResult> DescribeAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : null;
        if (header is null)
            return Unauthorized(context, "Authorization header missing");
        var (authentication, claims) = tokens.Read(header, TokenCodec.ApiAudience);
        if (claims is null)
            return Unauthorized(context, authenticator.Failed(context, authentication).Message);
        var answer = new AgentOpsTokenDescription(
            "Token is valid",
            new AgentOpsClaims(TokenCodec.ApiAudience, claims.Tenant.Value, Plan, RoleName.Of(claims.Role), claims.Id, claims.IssuedUnixSeconds, claims.ExpiresUnixSeconds),
            DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresUnixSeconds));
        return Task.FromResult<IResult>(TypedResults.Json(answer, AuthJsonContext.Default.AgentOpsTokenDescription));
    }

    private JsonHttpResult<AgentOpsToken> Answer(Caller caller) =>
        TypedResults.Json(new AgentOpsToken(tokens.Issue(caller).Token, caller.Tenant.Value, Plan), AuthJsonContext.Default.AgentOpsToken);

    private static Task<IResult> Unauthorized(HttpContext context, string message)
    {
        context.Response.Headers.WWWAuthenticate = Authentication.Challenge;
        return Task.FromResult<IResult>(Error(StatusCodes.Status401Unauthorized, message));
    }

    private static JsonHttpResult<AgentOpsError> Error(int status, string message) =>
        TypedResults.Json(new AgentOpsError(message), AuthJsonContext.Default.AgentOpsError, statusCode: status);
}
