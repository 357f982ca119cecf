using System.Text.RegularExpressions;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>A little of every signal, of a service called cart.</summary>
internal static partial class TenantData
{
    public const string Trace = "5b8efff798038103d269b633813fc60c";
    public const string Span = "eee19b7ec3c1b174";

    /// <summary>Sends it, and waits until it is seen.</summary>
    public static async Task FillAsync(SecureServer server, string key)
    {
        await SendAsync(server, key);
        foreach (var path in (string[])["/api/v1/services", "/api/v1/logs", "/api/v1/metrics"])
            await Eventually.IsTrueAsync($"{path} has it", async () => (await server.GetAsync(path, key)).Text.Contains("cart", StringComparison.Ordinal));
    }

    /// <summary>Sends it, and is told that it is kept.</summary>
    public static async Task SendAsync(SecureServer server, string key)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        const string Resource = """{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},""";
        const string Attributes = """ "attributes":[{"key":"cart.id","value":{"stringValue":"1"}}]""";
        Assert.Equal(200, (await server.ExportAsync("/v1/traces", key,
            $$$"""{"resourceSpans":[{{{Resource}}}"scopeSpans":[{"spans":[{"traceId":"{{{Trace}}}","spanId":"{{{Span}}}","name":"cart","startTimeUnixNano":"{{{now}}}000000000","endTimeUnixNano":"{{{now}}}000001000",{{{Attributes}}}}]}]}]}""")).Status);
        Assert.Equal(200, (await server.ExportAsync("/v1/logs", key,
            $$$"""{"resourceLogs":[{{{Resource}}}"scopeLogs":[{"logRecords":[{"timeUnixNano":"{{{now}}}000000000","body":{"stringValue":"secret"}}]}]}]}""")).Status);
        Assert.Equal(200, (await server.ExportAsync("/v1/metrics", key,
            $$$"""{"resourceMetrics":[{{{Resource}}}"scopeMetrics":[{"metrics":[{"name":"cart","gauge":{"dataPoints":[{"timeUnixNano":"{{{now}}}000000000","asInt":"1"}]}}]}]}]}""")).Status);
    }

    /// <summary>Ranges that end now are told in answers, and between two questions time goes on.</summary>
    public static string Timeless(string text) => UnixTime.Replace(text, "0");

    [GeneratedRegex(@"\b1[0-9]{12}([0-9]{6})?\b", RegexOptions.NonBacktracking)]
    private static partial Regex UnixTime { get; }
}
