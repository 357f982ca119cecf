using System.Text.Json;

namespace Otelier.Server.Http;

/// <summary>An answer in JSON, written as it goes.</summary>
internal abstract class JsonAnswer : IResult
{
    /// <summary>The HTTP status of the answer.</summary>
    private int StatusCode { get; init; } = StatusCodes.Status200OK;

    /// <summary>A small answer that one function writes whole.</summary>
    public static JsonAnswer Of(Action<Utf8JsonWriter> write) => new Written((json, _) =>
    {
        write(json);
        return Task.CompletedTask;
    });

    /// <summary>A small object whose members one function writes.</summary>
    public static JsonAnswer OfMembers(Action<Utf8JsonWriter> writeMembers, int statusCode = StatusCodes.Status200OK) => new Written((json, _) =>
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
        return Task.CompletedTask;
    })
    {
        StatusCode = statusCode,
    };

    /// <summary>An object whose members one function writes.</summary>
    public static JsonAnswer OfMembers(Func<Utf8JsonWriter, HttpContext, Task> writeMembersAsync) => new Written(async (json, context) =>
    {
        json.WriteStartObject();
        await writeMembersAsync(json, context);
        json.WriteEndObject();
    });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCode;
        httpContext.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, ApiJson.Options);
        await WriteAsync(json, httpContext);
        await json.FlushAsync(httpContext.RequestAborted);
    }

    protected abstract Task WriteAsync(Utf8JsonWriter json, HttpContext context);

    private sealed class Written(Func<Utf8JsonWriter, HttpContext, Task> writeAsync) : JsonAnswer
    {
        protected override Task WriteAsync(Utf8JsonWriter json, HttpContext context) => writeAsync(json, context);
    }
}
