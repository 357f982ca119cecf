using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Storage;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>Something that is wrong with an answer of Jaeger's first API, or was left out of it.</summary>
/// <param name="Code">An HTTP status.</param>
/// <param name="Message">For people.</param>
/// <param name="TraceId">The trace it is about, or <see langword="null"/>.</param>
internal sealed record JaegerError(int Code, string Message, string? TraceId = null);

/// <summary>Answers of Jaeger's first API: <c>{data, total, limit, offset, errors}</c>.</summary>
internal static class JaegerAnswer
{
    /// <summary>A list of small things.</summary>
    public static IResult List<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) => JsonAnswer.OfMembers(json =>
    {
        json.WriteStartArray("data");
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
        WriteEnd(json, items.Count, []);
    });

    public static IResult Error(int status, string message) => JsonAnswer.OfMembers(json =>
    {
        json.WriteNull("data");
        WriteEnd(json, 0, [new JaegerError(status, message)]);
    }, status);

    /// <summary>An error of Jaeger's third API: <c>{error: {httpCode, message}}</c>.</summary>
    public static IResult GatewayError(int status, string message) => JsonAnswer.OfMembers(json =>
    {
        json.WriteStartObject("error");
        json.WriteNumber("httpCode", status);
        json.WriteString("message", message);
        json.WriteEndObject();
    }, status);

    public static IResult Object(Action<Utf8JsonWriter> writeMembers) => JsonAnswer.OfMembers(writeMembers);

    /// <summary>Writes everything behind the data.</summary>
    public static void WriteEnd(Utf8JsonWriter json, int total, IReadOnlyList<JaegerError> errors)
    {
        json.WriteNumber("total", total);
        json.WriteNumber("limit", 0);
        json.WriteNumber("offset", 0);
        if (errors.Count == 0)
        {
            json.WriteNull("errors");
            return;
        }

        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteNumber("code", error.Code);
            json.WriteString("msg", error.Message);
            if (error.TraceId is { } traceId)
                json.WriteString("traceID", traceId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A handler whose refusals and faults of the store are told the way its API tells them.</summary>
    public static RequestDelegate Route(Func<HttpContext, Task<IResult>> handleAsync, Func<int, string, IResult> error) => ApiRoute.Of(async context =>
    {
        try
        {
            return await handleAsync(context);
        }
        catch (StoreException fault) when (fault.Fault != StoreFault.Internal)
        {
            return fault.Fault switch
            {
                StoreFault.Timeout => error(StatusCodes.Status504GatewayTimeout, "the query took longer than it may; ask for a shorter time"),
                StoreFault.LimitExceeded => error(StatusCodes.Status422UnprocessableEntity, "the query needed more than it may use; ask for a shorter time"),
                _ => error(StatusCodes.Status503ServiceUnavailable, "the store is away or has too much to do"),
            };
        }
    });
}
