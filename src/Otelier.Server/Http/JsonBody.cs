using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Otelier.Server.Http;

/// <summary>Reads a request's body as JSON of a known shape.</summary>
internal static class JsonBody
{
    /// <summary>
    /// The body, or what is wrong with it: 400 for what is no JSON, 422 for members or types that the shape does not have. Its size is
    /// bounded by the listener.
    /// </summary>
    public static async Task<(T? Body, ProblemHttpResult? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            try
            {
                var body = document.Deserialize(shape);
                return body is null ? (null, Problems.Unprocessable("The body is null.")) : (body, null);
            }
            catch (JsonException fault)
            {
                return (null, Problems.Unprocessable($"The body is not what is asked for: {fault.Message}"));
            }
        }
        catch (JsonException fault)
        {
            return (null, Problems.BadRequest($"The body is no JSON: {fault.Message}"));
        }
    }
}
