using System.Text.Json;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>Reads <c>X-ClickHouse-Summary</c>: what a statement has written. Old servers do not send it.</summary>
internal static class HttpSummary
{
    internal static InsertResult Of(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("X-ClickHouse-Summary", out var values))
            return default;
        try
        {
            using var summary = JsonDocument.Parse(values.First());
            return new InsertResult(Number(summary, "written_rows"), Number(summary, "written_bytes"));
        }
        catch (JsonException)
        {
            // The rows are committed; only their count is unknown.
            return default;
        }
    }

    private static long Number(JsonDocument summary, string name) =>
        summary.RootElement.TryGetProperty(name, out var value) && long.TryParse(value.ToString(), out var number) ? number : 0;
}
