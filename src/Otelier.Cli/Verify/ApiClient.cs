using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Otelier.Cli.Verify;

/// <summary>What the API answered: a JSON document, or a fault in words.</summary>
internal sealed record ApiAnswer(JsonElement Body, string? Fault);

/// <summary>Reads from the REST API. Whatever goes wrong is a fault in the answer; only cancellation throws.</summary>
internal sealed class ApiClient(Uri api, string? key = null) : IDisposable
{
    private const int ResponseBytesMax = 64 * 1024 * 1024;
    private const int PagesMax = 200;
    private const int FaultCharsMax = 200;

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = ResponseBytesMax,
    };

    public Uri Address => api;

    /// <summary>A path under the API with its parameters escaped.</summary>
    public static string Path(string path, params (string Name, string Value)[] parameters) =>
        parameters.Length == 0
            ? path
            : $"{path}?{string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"))}";

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<ApiAnswer> PostAsync(string path, string json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, json, cancellationToken);

    /// <summary>Deletes; the answer has no body.</summary>
    public Task<ApiAnswer> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Follows nextCursor to the end and gives the elements of all pages in order.</summary>
    public async Task<(List<JsonElement> Items, string? Fault)> GetAllAsync(
        string path, string listName, (string Name, string Value)[] parameters, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        var page = parameters;
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var answer = await GetAsync(Path(path, page), cancellationToken).ConfigureAwait(false);
            if (answer.Fault is not null)
                return (items, answer.Fault);
            if (List(answer.Body, listName) is not { } list)
                return (items, $"{path} answers neither items nor {listName}");
            items.AddRange(list.EnumerateArray());
            if (!answer.Body.TryGetProperty("nextCursor", out var cursor) || cursor.ValueKind != JsonValueKind.String || cursor.GetString() is "")
                return (items, null);
            page = [.. parameters, ("cursor", cursor.GetString()!)];
        }

        return (items, $"{path} goes on after {PagesMax} pages");
    }

    public void Dispose() => _client.Dispose();

    private static JsonElement? List(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object
        && (body.TryGetProperty("items", out var list) || body.TryGetProperty(name, out list))
        && list.ValueKind == JsonValueKind.Array
            ? list
            : null;

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, api.AbsoluteUri.TrimEnd('/') + path);
            if (key is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (json is not null)
                request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                return new ApiAnswer(default, $"{method} {Short(path)} answers {(int)response.StatusCode} {Short(Encoding.UTF8.GetString(body))}");
            if (response.StatusCode == HttpStatusCode.NoContent)
                return new ApiAnswer(default, null);
            using var document = JsonDocument.Parse(body);
            return new ApiAnswer(document.RootElement.Clone(), null);
        }
        catch (JsonException error)
        {
            return new ApiAnswer(default, $"{method} {Short(path)} answers no JSON: {error.Message}");
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            return new ApiAnswer(default, $"{api.GetLeftPart(UriPartial.Authority)} cannot be reached: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ApiAnswer(default, $"{method} {Short(path)}: no answer within 30 s");
        }
    }

    private static string Short(string text) => text.Length <= FaultCharsMax ? text : text[..FaultCharsMax] + "…";
}
