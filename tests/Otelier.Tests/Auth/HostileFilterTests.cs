using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Filters;
using Otelier.Storage.Tests.ClickHouse;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>Keys and values that have broken databases are keys and values like others, from OTLP in to a structured filter's answer out.</summary>
[Collection(EngineCollection.Name)]
public sealed class HostileFilterTests
{
    /// <summary>An attribute's key is never empty.</summary>
    private static readonly string[] Hostile = [.. HostileValues.All.Where(value => value.Length > 0)];

    [Theory]
    [InlineData("spans")]
    [InlineData("logs")]
    public async Task Whoever_has_the_key_and_the_value_is_found_and_nobody_else(string list)
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:RequestBurst=100000");
        var key = await server.KeyAsync(Role.Admin);
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var sent = await server.ExportAsync(list == "spans" ? "/v1/traces" : "/v1/logs", key, list == "spans" ? Spans(start) : Logs(start));
        Assert.Equal((200, "{}"), (sent.Status, sent.Text));
        await Eventually.IsTrueAsync("all are stored", async () => (await FindAsync("""{"combinator":"and","rules":[]}""")).Length == Hostile.Length);

        Assert.Empty(await FindAsync($$"""{"combinator":"and","rules":[{"field":{{Json(FieldOf(new string('`', 64 * 1024)))}},"operator":"exists"}]}"""));
        for (var i = 0; i < Hostile.Length; i++)
        {
            var own = $"{{\"field\":{Json(FieldOf(KeyOf(i)))},\"operator\":\"=\",\"value\":{Json(Hostile[i])}}}";
            Assert.Equal([i], await FindAsync($$"""{"combinator":"and","rules":[{{own}}]}"""));
            Assert.Equal([i], await FindAsync($$"""{"combinator":"and","rules":[{"field":"attributes.plain","operator":"in","value":[{{Json(Hostile[i])}}]}]}"""));
            Assert.Equal([i], await FindAsync($$"""{"combinator":"and","rules":[{"field":{{Json(FieldOf(KeyOf(i)))}},"operator":"exists"}]}"""));
            // Not what it would be as a pattern or as SQL: everything but its own.
            Assert.Equal(Hostile.Length - 1, (await FindAsync($$"""{"combinator":"and","not":true,"rules":[{{own}}]}""")).Length);
        }

        async Task<int[]> FindAsync(string filter)
        {
            var answer = await server.PostAsync($"/api/v1/{list}", key, $$"""{"start":"-1h","limit":100,"filter":{{filter}}}""");
            Assert.True(answer.Status == 200, answer.Text);
            return [.. answer.Json.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("attributes").GetProperty("number").GetInt32()).Order()];
        }
    }

    private static string Spans(long start) => Join("resourceSpans", "scopeSpans", "spans", (i, attributes) =>
        $$"""{"traceId":"{{i + 1:x32}}","spanId":"{{i + 1:x16}}","name":"s","startTimeUnixNano":"{{start}}000000000","endTimeUnixNano":"{{start}}000000001","attributes":{{attributes}}}""");

    private static string Logs(long start) => Join("resourceLogs", "scopeLogs", "logRecords", (_, attributes) =>
        $$"""{"timeUnixNano":"{{start}}000000000","body":{"stringValue":"l"},"attributes":{{attributes}}}""");

    private static string Join(string resources, string scopes, string items, Func<int, string, string> item)
    {
        var all = new StringBuilder();
        for (var i = 0; i < Hostile.Length; i++)
        {
            var value = $"{{\"stringValue\":{Json(Hostile[i])}}}";
            all.Append(i == 0 ? "" : ",").Append(item(
                i, $$$"""[{"key":{{{Json(KeyOf(i))}}},"value":{{{value}}}},{"key":"plain","value":{{{value}}}},{"key":"number","value":{"intValue":"{{{i}}}"}}]"""));
        }

        return $$"""{"{{resources}}":[{"{{scopes}}":[{"{{items}}":[{{all}}]}]}]}""";
    }

    /// <summary>A key of its own for each; one longer than keys may be is cut.</summary>
    private static string KeyOf(int i)
    {
        const int LengthMax = 1000;
        return Hostile[i].Length <= LengthMax ? Hostile[i] : $"{Hostile[i][..LengthMax]}{i}";
    }

    private static string FieldOf(string key) => FieldName.Format(new FilterField.Attribute(AttributeScope.Item, key));

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
