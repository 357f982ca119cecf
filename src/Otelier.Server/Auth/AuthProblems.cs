using System.Globalization;
using System.Text.Json;
using Otelier.Server.Http;

namespace Otelier.Server.Auth;

/// <summary>The API's answers to those who may not come in.</summary>
internal static class AuthProblems
{
    /// <summary>401 with a type of its own for each reason, or 429 where there were too many.</summary>
    public static IResult Unauthenticated(HttpContext context, in Authentication failed)
    {
        if (failed.Fault == AuthFault.TooManyFailures)
            return TooMany(context, failed.Message, failed.RetryAfter);
        // RFC 6750: what was wrong is said only to those who showed something.
        context.Response.Headers.WWWAuthenticate = failed.Fault == AuthFault.MissingCredentials
            ? Authentication.Challenge
            : $"{Authentication.Challenge}, error=\"invalid_token\", error_description=\"{failed.Message}\"";
        return Problems.Create(StatusCodes.Status401Unauthorized, failed.Message, JsonNamingPolicy.KebabCaseLower.ConvertName(failed.Fault.ToString()));
    }

    public static IResult Forbidden(Role role, Permission permission) => Problems.Create(
        StatusCodes.Status403Forbidden,
        permission == Permission.Operate
            ? "This is for admins of the default tenant."
            : $"The key's role is {RoleName.Of(role)}, which does not allow this.");

    public static IResult TooMany(HttpContext context, string message, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        return Problems.Create(StatusCodes.Status429TooManyRequests, message);
    }
}
