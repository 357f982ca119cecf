using Microsoft.AspNetCore.Http.HttpResults;

namespace Otelier.Server.Http;

/// <summary>Sees that a request has no parameters that nobody would look at.</summary>
internal static class QueryNames
{
    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public static ProblemHttpResult? Check(HttpRequest request, params ReadOnlySpan<string> allowed)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!allowed.Contains(name))
                return Problems.Unprocessable($"There is no parameter '{name}'.{(allowed.IsEmpty ? "" : $" Allowed: {string.Join(", ", allowed.ToArray())}.")}");
        }

        return null;
    }
}
