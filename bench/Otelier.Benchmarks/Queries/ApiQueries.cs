using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Otelier.Benchmarks.Processes;

namespace Otelier.Benchmarks.Queries;

/// <summary>Requests to the REST API, timed until the last byte of the answer.</summary>
internal sealed class ApiQueries(ServerProcess server)
{
    /// <summary>Asks for every path once and gives the times in milliseconds.</summary>
    /// <param name="paths">Path and query.</param>
    /// <param name="list">The list an answer must have.</param>
    /// <param name="itemsMin">How many items that list must have, or the answer is not what was to be measured.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <exception cref="InvalidOperationException">An answer is not what it should be.</exception>
    public async Task<List<double>> TimeAsync(IEnumerable<string> paths, string list, int itemsMin, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        foreach (var path in paths)
        {
            var started = Stopwatch.GetTimestamp();
            var body = await GetAsync(path, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            using var document = JsonDocument.Parse(body);
            var items = document.RootElement.GetProperty(list).GetArrayLength();
            if (items < itemsMin)
                throw new InvalidOperationException($"GET {path} answered {items} {list}, fewer than {itemsMin}.");
        }

        return times;
    }

    /// <summary>Ids of traces that lie evenly in the time from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public async Task<List<string>> TraceIdsAsync(DateTimeOffset start, DateTimeOffset end, int count, CancellationToken cancellationToken)
    {
        const int PerWindow = 5;
        var windows = count / PerWindow;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < windows; i++)
        {
            var from = start + ((end - start) / windows * i);
            using var document = JsonDocument.Parse(await GetAsync(
                $"/api/v1/traces?start={Time(from)}&end={Time(from + ((end - start) / windows))}&limit={PerWindow}", cancellationToken));
            foreach (var trace in document.RootElement.GetProperty("traces").EnumerateArray())
                ids.Add(trace.GetProperty("traceId").GetString()!);
        }

        return [.. ids];
    }

    /// <summary>Waits until the calls of all hours that are over are stored, which the store does in the background.</summary>
    /// <param name="atMost">For how long.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">They still were not.</exception>
    public async Task WaitSettledAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        const int HoursOver = 23;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var document = JsonDocument.Parse(await GetAsync("/api/v1/stats/tables", cancellationToken));
            foreach (var table in document.RootElement.GetProperty("tables").EnumerateArray())
            {
                if (table.GetProperty("name").GetString() == "otel_calls_1h" && table.GetProperty("rowCount").GetInt64() >= HoursOver)
                    return;
            }

            if (Stopwatch.GetElapsedTime(started) > atMost)
                throw new InvalidOperationException($"After {atMost} the calls of {HoursOver} hours are not stored.");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static string Time(DateTimeOffset time) =>
        Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    private async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await server.Client.GetAsync(new Uri(server.Api, path), cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? body
            : throw new InvalidOperationException($"GET {path} answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)))}");
    }
}
