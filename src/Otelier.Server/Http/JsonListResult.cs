using System.Text.Encodings.Web;
using System.Text.Json;
using Otelier.Signals;

namespace Otelier.Server.Http;

/// <summary>A list answer: <c>{<i>name</i>: […], nextCursor, warnings}</c>, written as it goes.</summary>
/// <param name="name">What the items are called.</param>
/// <param name="items">The items.</param>
/// <param name="write">Writes one item.</param>
/// <param name="nextCursor">Where the next page begins, or <see langword="null"/>.</param>
/// <param name="warnings">In what way the answer is less than what was asked for.</param>
/// <param name="total">How many there are, where that was asked for.</param>
internal sealed class JsonListResult<T>(
    string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, string? nextCursor, IReadOnlyList<Warning> warnings, SearchTotal? total = null) : JsonAnswer
{
    protected override async Task WriteAsync(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject();
        await json.WriteListAsync(context, name, items, item => write(json, item));
        if (nextCursor is null)
            json.WriteNull("nextCursor");
        else
            json.WriteString("nextCursor", nextCursor);
        if (total is { Count: { } count })
            json.WriteNumber("total", count);
        json.WriteWarnings(total is { Warning: { } warning } ? [.. warnings, warning] : warnings);
        json.WriteEndObject();
    }
}

/// <summary>How the API writes JSON.</summary>
internal static class ApiJson
{
    public const string MediaType = "application/json; charset=utf-8";

    private const int PendingBytesMax = 64 * 1024;

    // Answers are JSON documents, never parts of HTML; escaping for HTML would only make them larger.
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a list, item by item.</summary>
    public static async Task WriteListAsync<T>(this Utf8JsonWriter json, HttpContext context, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
            await json.FlushWhenLargeAsync(context);
        }

        json.WriteEndArray();
    }

    /// <summary>Sends what has gathered, so that a long answer needs little memory and waits for a slow reader.</summary>
    public static async ValueTask FlushWhenLargeAsync(this Utf8JsonWriter json, HttpContext context)
    {
        if (json.BytesPending + context.Response.BodyWriter.UnflushedBytes < PendingBytesMax)
            return;
        await json.FlushAsync(context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    public static void WriteWarnings(this Utf8JsonWriter json, IReadOnlyList<Warning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
