using System.Text.Json;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>Reads <c>X-ClickHouse-Summary</c>: what a statement has written and read. Old servers do not send it.</summary>
internal static class HttpSummary
{
    internal static InsertResult Of(HttpResponseMessage response)
    {
        using var summary = Parse(response);
        return summary is null ? default : new InsertResult(Number(summary, "written_rows"), Number(summary, "written_bytes"));
    }

    /// <summary>Tells what was read until the answer began, which of a query that aggregates or sorts is all of it.</summary>
    internal static void Read(HttpResponseMessage response, QueryMeter meter)
    {
        using var summary = Parse(response);
        if (summary is not null)
            meter.Add(Number(summary, "read_rows"), Number(summary, "read_bytes"));
    }

    private static JsonDocument? Parse(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("X-ClickHouse-Summary", out var values))
            return null;
        try
        {
            return JsonDocument.Parse(values.First());
        }
        catch (JsonException)
        {
            // What was asked for is done; only its size is unknown.
            return null;
        }
    }

    private static long Number(JsonDocument summary, string name) =>
        summary.RootElement.TryGetProperty(name, out var value) && long.TryParse(value.ToString(), out var number) ? number : 0;
}
