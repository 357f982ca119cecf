using System.Text;
using Otelier.Server.Http;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Ingest;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>Keys and quotas where telemetry comes in, in the words of the protocol.</summary>
[Collection(EngineCollection.Name)]
public sealed class OtlpAccessTests
{
    private const int Unauthenticated = 16;
    private const int PermissionDenied = 7;
    private const int ResourceExhausted = 8;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_http_who_may_not_send_is_told_so_in_the_requests_encoding()
    {
        await using var server = await SecureServer.StartAsync();

        var nobody = await server.ExportAsync("/v1/traces", null, "{}");
        var viewer = await server.ExportAsync("/v1/traces", await server.KeyAsync(Role.Viewer), "{}");
        var protobuf = await RawHttp.ExchangeAsync(server.OtlpHttp, RawHttp.Post("/v1/logs", "application/x-protobuf", []), Ct);
        var bearer = await RawHttp.ExchangeAsync(
            server.OtlpHttp, RawHttp.Post("/v1/logs", "application/x-protobuf", [], $"Authorization: Bearer {await server.KeyAsync(Role.Ingest)}"), Ct);

        Assert.Equal((401, Unauthenticated), (nobody.Status, nobody.Json.GetProperty("code").GetInt32()));
        Assert.StartsWith("Bearer", nobody.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal((403, PermissionDenied), (viewer.Status, viewer.Json.GetProperty("code").GetInt32()));
        Assert.Equal((401, Unauthenticated, "application/x-protobuf"), (protobuf.Status, StatusMessage.Parse(protobuf.Body).Code, protobuf["Content-Type"]));
        Assert.Equal(200, bearer.Status);
        Assert.Equal(200, (await server.ExportAsync("/v1/metrics", await server.KeyAsync(Role.Admin), "{}")).Status);
    }

    [Fact]
    public async Task Over_grpc_keys_are_metadata_and_health_needs_none()
    {
        await using var server = await SecureServer.StartAsync();
        using var client = new GrpcClient(server.OtlpGrpc);
        var empty = GrpcClient.Frame([]);

        var nobody = await client.CallAsync(GrpcClient.TraceExport, empty, Ct);
        var viewer = await client.CallAsync(GrpcClient.TraceExport, empty, Ct, ("x-api-key", await server.KeyAsync(Role.Viewer)));
        var sender = await client.CallAsync(GrpcClient.TraceExport, empty, Ct, ("authorization", $"Bearer {await server.KeyAsync(Role.Ingest)}"));
        var health = await client.CallAsync(GrpcClient.HealthCheck, empty, Ct);

        Assert.Equal((Unauthenticated, PermissionDenied, 0, 0), (nobody.Status, viewer.Status, sender.Status, health.Status));
        Assert.True(nobody.IsTrailersOnly);
    }

    [Fact]
    public async Task An_ingest_key_reads_nothing_and_neither_does_its_token()
    {
        await using var server = await SecureServer.StartAsync();
        var key = await server.KeyAsync(Role.Ingest);
        var token = (await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{key}}"}""")).Get("token");

        foreach (var secret in (string[])[key, token])
        {
            Assert.Equal(403, (await server.GetAsync("/api/v1/traces", secret)).Status);
            Assert.Equal(403, (await server.GetAsync("/metrics", secret)).Status);
            Assert.Equal(200, (await server.GetAsync("/api/v1/auth/me", secret)).Status);
            Assert.Equal(200, (await server.ExportAsync("/v1/traces", secret, "{}")).Status);
        }
    }

    [Theory]
    [InlineData("""{"bytesPerSecond":1024,"burstSeconds":1}""", "bytes")]
    [InlineData("""{"itemsPerSecond":1,"burstSeconds":1}""", "items")]
    public async Task Beyond_its_quota_a_tenant_is_told_when_to_come_again_and_others_are_not(string quota, string counted)
    {
        await using var server = await SecureServer.StartAsync();
        var (admin, acme, rival) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Ingest, "acme"), await server.KeyAsync(Role.Ingest, "rival"));
        Assert.Equal(200, (await server.SendAsync("PUT", "/api/v1/tenants/acme/quota", admin, quota)).Status);
        // Far more than the quota at once: it passes, and is waited for.
        var records = string.Join(',', Enumerable.Range(0, 200).Select(i => $$$"""{"timeUnixNano":"1750000000000000000","body":{"stringValue":"line {{{i}}} of a batch"}}"""));
        var body = $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{{{records}}}]}]}]}""";

        var first = await server.ExportAsync("/v1/logs", acme, body);
        var second = await server.ExportAsync("/v1/logs", acme, body);
        using var client = new GrpcClient(server.OtlpGrpc);
        var grpc = await client.CallAsync(GrpcClient.TraceExport, GrpcClient.Frame(Encoding.ASCII.GetBytes("\n\0")), Ct, ("x-api-key", acme));
        var other = await server.ExportAsync("/v1/logs", rival, body);

        Assert.Equal((200, 429, 200), (first.Status, second.Status, other.Status));
        Assert.Equal(ResourceExhausted, second.Json.GetProperty("code").GetInt32());
        Assert.EndsWith("RetryInfo", second.Json.GetProperty("details")[0].GetProperty("@type").GetString(), StringComparison.Ordinal);
        Assert.True(int.Parse(second.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.Equal(ResourceExhausted, grpc.Status);
        Assert.Contains("RetryInfo", grpc.Details!.Details.Keys);
        var metrics = (await server.GetAsync("/metrics", admin)).Text;
        Assert.Contains($$"""otelier_ingest_quota_refusals_total{quota="{{counted}}"} 2""", metrics, StringComparison.Ordinal);
        Assert.Contains("""outcome="quota_exceeded",signal="logs",transport="http"} 1""", Sorted(metrics), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bytesPerSecond":1}""")]
    [InlineData("""{"itemsPerSecond":0}""")]
    [InlineData("""{"itemsPerSecond":1,"burstSeconds":0}""")]
    [InlineData("""{"itemsPerSecond":1,"burstSeconds":3601}""")]
    [InlineData("""{"itemsPerMinute":1}""")]
    [InlineData("""{"itemsPerSecond":"1"}""")]
    public async Task A_quota_that_makes_no_sense_is_refused(string quota)
    {
        await using var server = await SecureServer.StartAsync();

        Assert.Equal(422, (await server.SendAsync("PUT", "/api/v1/tenants/default/quota", await server.KeyAsync(Role.Admin), quota)).Status);
    }

    /// <summary>The samples with their labels in order, whatever order they are written in.</summary>
    private static string Sorted(string metrics) => string.Join('\n', metrics.Split('\n').Select(line =>
    {
        var (open, close) = (line.IndexOf('{', StringComparison.Ordinal), line.LastIndexOf('}'));
        return open < 0 || close < open
            ? line
            : $"{line[..open]}{{{string.Join(',', line[(open + 1)..close].Split(',').Order(StringComparer.Ordinal))}}}{line[(close + 1)..]}";
    }));
}
