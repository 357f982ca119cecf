using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Tests.Api;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>A tenant is deleted while an export of its data waits for a slow reader.</summary>
[Collection(EngineCollection.Name)]
public sealed class ExportWhileDeletingTests
{
    private const string Export = "/api/v1/export?signal=logs&start=-1h&format=";
    private const int Requests = QueryBoundsTests.Records / QueryBoundsTests.RecordsPerRequest;
    private const ulong MinuteNanos = 60_000_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task An_export_ends_as_it_should_when_its_tenant_is_deleted_meanwhile(string format)
    {
        using var directory = new TemporaryDirectory();
        await using var server = await SecureServer.StartAsync(directory.Path);
        var (operator_, acme) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Admin, "acme"));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.Add("x-api-key", acme);
        await FillAsync(server, client);
        await Eventually.IsTrueAsync("all is stored", async () =>
            (await server.GetAsync("/api/v1/logs?start=-1h&limit=1&total=true", acme)).Json.GetProperty("total").GetInt32() == QueryBoundsTests.Records);

        using var answer = await client.GetAsync(new Uri($"http://{server.Api}{Export}{format}"), HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var first = await reader.ReadLineAsync(Ct);
        Assert.Equal(202, (await server.SendAsync("DELETE", "/api/v1/tenants/acme", operator_)).Status);
        await Eventually.IsTrueAsync(
            "the tenant is gone", async () => !(await server.GetAsync("/api/v1/tenants", operator_)).Text.Contains("\"acme\"", StringComparison.Ordinal));
        var rest = await reader.ReadToEndAsync(Ct);

        // What was being read when it was deleted still comes; what would have been read after is gone.
        Assert.InRange(RowsOf(format, first + "\n" + rest), 1, QueryBoundsTests.Records - 1);

        // Its place is free, and the next of the name has nothing.
        var next = await server.KeyAsync(Role.Admin, "acme");
        for (var i = 0; i < 3; i++)
        {
            var empty = await server.GetAsync($"{Export}{format}", next);
            Assert.Equal((200, 0), (empty.Status, RowsOf(format, empty.Text)));
        }
    }

    /// <summary>The rows of an export that says it is whole; lines say how it ended only where it is not.</summary>
    private static int RowsOf(string format, string text)
    {
        if (format == "ndjson")
        {
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(lines, line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("body", out _), line));
            return lines.Length;
        }

        var export = JsonDocument.Parse(text).RootElement;
        Assert.False(export.GetProperty("truncated").GetBoolean());
        Assert.False(export.TryGetProperty("error", out var error), error.ToString());
        Assert.Equal(export.GetProperty("rowCount").GetInt32(), export.GetProperty("rows").GetArrayLength());
        return export.GetProperty("rowCount").GetInt32();
    }

    private static async Task FillAsync(SecureServer server, HttpClient client)
    {
        var random = new Random(1);
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        for (var i = 0; i < Requests; i++)
        {
            using var body = new ByteArrayContent(QueryBoundsTests.Request(random, now - ((ulong)i * 5 * MinuteNanos)));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using var sent = await client.PostAsync(new Uri($"http://{server.OtlpHttp}/v1/logs"), body, Ct);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }
    }
}
