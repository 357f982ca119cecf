using Otelier.Server.Http;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>Tokens over HTTP: given out, renewed, revoked, and refused with reasons that programs can tell apart.</summary>
[Collection(EngineCollection.Name)]
public sealed class TokenEndpointTests
{
    [Fact]
    public async Task A_token_acts_for_its_key_and_ends_with_it()
    {
        await using var server = await SecureServer.StartAsync();
        var admin = await server.KeyAsync(Role.Admin, "acme");
        var made = await server.PostAsync("/api/v1/keys", admin, """{"name":"ui","role":"viewer"}""");

        var issued = await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{made.Get("key")}}"}""");
        var me = await server.GetAsync("/api/v1/auth/me", issued.Get("token"));

        Assert.Equal((200, "Bearer", "acme", "viewer"), (issued.Status, issued.Get("tokenType"), issued.Get("tenant"), issued.Get("role")));
        Assert.DoesNotContain(made.Get("key"), issued.Text, StringComparison.Ordinal);
        Assert.Equal(("acme", "viewer", "ui", "required"), (me.Get("tenant"), me.Get("role"), me.Get("keyName"), me.Get("authentication")));

        await server.SendAsync("DELETE", $"/api/v1/keys/{made.Get("id")}", admin);

        Assert.Equal("key-revoked", (await server.GetAsync("/api/v1/auth/me", issued.Get("token"))).Type);
        Assert.Equal("key-revoked", (await server.PostAsync("/api/v1/auth/refresh", null, $$"""{"refreshToken":"{{issued.Get("refreshToken")}}"}""")).Type);
    }

    [Fact]
    public async Task A_refresh_token_renews_once_and_opens_nothing_itself()
    {
        await using var server = await SecureServer.StartAsync();
        var issued = await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{await server.KeyAsync(Role.Viewer)}}"}""");
        var refresh = $$"""{"refreshToken":"{{issued.Get("refreshToken")}}"}""";

        var renewed = await server.PostAsync("/api/v1/auth/refresh", null, refresh);
        var again = await server.PostAsync("/api/v1/auth/refresh", null, refresh);

        Assert.Equal(200, (await server.GetAsync("/api/v1/auth/me", renewed.Get("token"))).Status);
        Assert.Equal((401, "token-revoked"), (again.Status, again.Type));
        Assert.Equal("token-audience", (await server.GetAsync("/api/v1/auth/me", renewed.Get("refreshToken"))).Type);
        Assert.Equal("token-audience", (await server.PostAsync("/api/v1/auth/refresh", null, $$"""{"refreshToken":"{{renewed.Get("token")}}"}""")).Type);
    }

    [Fact]
    public async Task A_revoked_token_is_void_at_once()
    {
        await using var server = await SecureServer.StartAsync();
        var issued = await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{await server.KeyAsync(Role.Viewer)}}"}""");

        Assert.Equal(204, (await server.PostAsync("/api/v1/auth/revoke", null, $$"""{"token":"{{issued.Get("token")}}"}""")).Status);

        var answer = await server.GetAsync("/api/v1/auth/me", issued.Get("token"));
        Assert.Equal((401, "token-revoked"), (answer.Status, answer.Type));
        Assert.Contains("invalid_token", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "missing-credentials")]
    [InlineData("otl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid-key")]
    [InlineData("otl_short", "invalid-key")]
    [InlineData("nonsense", "invalid-key")]
    [InlineData("a.b.c", "token-malformed")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.AA", "token-algorithm")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IngifQ.e30.AA", "token-key-unknown")]
    public async Task Every_fault_is_401_with_a_type_of_its_own(string? credentials, string type)
    {
        await using var server = await SecureServer.StartAsync();

        var answer = await server.GetAsync("/api/v1/services", credentials);

        Assert.Equal((401, type), (answer.Status, answer.Type));
        Assert.StartsWith("Bearer realm", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_key_opens_nothing()
    {
        await using var server = await SecureServer.StartAsync();
        var key = await server.KeyAsync(Role.Viewer, expiresAt: TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1));

        Assert.Equal("key-expired", (await server.GetAsync("/api/v1/services", key)).Type);
        Assert.Equal("key-expired", (await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{key}}"}""")).Type);
    }

    [Fact]
    public async Task Failures_beyond_the_limit_are_429_and_good_keys_still_pass()
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:FailuresPerMinute=2");
        var key = await server.KeyAsync(Role.Viewer);

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add((await server.GetAsync("/api/v1/services", "nonsense")).Status);

        Assert.Equal([401, 401, 429, 429], statuses);
        Assert.True(int.Parse((await server.GetAsync("/api/v1/services", "nonsense")).Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.Equal(429, (await server.PostAsync("/api/v1/auth/token", null, """{"apiKey":"otl_nonsense"}""")).Status);
        Assert.Equal(429, (await server.ExportAsync("/v1/traces", "nonsense", "{}")).Status);
        Assert.Equal(401, (await server.GetAsync("/api/v1/services", null)).Status);
        Assert.Equal(200, (await server.GetAsync("/api/v1/services", key)).Status);
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_again_and_another_is_not()
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:RequestBurst=2", "--Auth:RequestsPerSecond=1");
        var (busy, calm) = (await server.KeyAsync(Role.Viewer), await server.KeyAsync(Role.Viewer));

        ApiAnswer answer;
        do
            answer = await server.GetAsync("/api/v1/auth/me", busy);
        while (answer.Status == 200);

        Assert.Equal((429, "too-many-requests", "1"), (answer.Status, answer.Type, answer.Headers["Retry-After"]));
        Assert.Equal(200, (await server.GetAsync("/api/v1/auth/me", calm)).Status);
    }

    [Fact]
    public async Task AgentOps_gets_its_token_in_its_own_words()
    {
        await using var server = await SecureServer.StartAsync();
        var key = await server.KeyAsync(Role.Ingest, "acme");

        var issued = await server.PostAsync("/v3/auth/token", null, $$"""{"api_key":"{{key}}"}""");
        var described = await server.GetAsync("/v3/auth/token", issued.Get("token"));
        var sent = await server.ExportAsync("/v1/traces", issued.Get("token"), "{}");

        Assert.Equal((200, "acme"), (issued.Status, issued.Get("project_id")));
        Assert.Equal((200, "acme"), (described.Status, described.Json.GetProperty("payload").GetProperty("project_id").GetString()));
        Assert.DoesNotContain(key, described.Text, StringComparison.Ordinal);
        Assert.Equal(200, sent.Status);
        Assert.Equal(400, (await server.PostAsync("/v3/auth/token", null, """{"api_key":"x"}""")).Status);
        Assert.Equal(403, (await server.PostAsync("/v3/auth/token", null, """{"api_key":"otl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")).Status);
        Assert.Equal(422, (await server.PostAsync("/v3/auth/token", null, "{}")).Status);
        Assert.Equal(401, (await server.GetAsync("/v3/auth/token", null)).Status);
        Assert.Equal(401, (await server.GetAsync("/v3/auth/token", "a.b.c")).Status);
    }
}
