using Microsoft.Extensions.DependencyInjection;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>Keys, tenants, views and the audit log over HTTP.</summary>
[Collection(EngineCollection.Name)]
public sealed class KeyEndpointTests
{
    [Fact]
    public async Task A_key_is_shown_once_works_until_it_is_revoked_and_is_never_stored()
    {
        await using var server = await SecureServer.StartAsync();
        var admin = await server.KeyAsync(Role.Admin);

        var made = await server.PostAsync("/api/v1/keys", admin, """{"name":"grafana","role":"viewer"}""");
        var (id, key) = (made.Get("id"), made.Get("key"));
        var listed = await server.GetAsync("/api/v1/keys", admin);

        Assert.Equal(201, made.Status);
        Assert.StartsWith("otl_", key, StringComparison.Ordinal);
        Assert.Contains(id, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            server.Services.GetRequiredService<Storage.Catalog.ICatalog>().List(KeyRing.Kind),
            document => System.Text.Encoding.UTF8.GetString(document.Body.Span).Contains(key, StringComparison.Ordinal));
        Assert.Equal((200, "grafana"), ((await server.GetAsync("/api/v1/auth/me", key)).Status, (await server.GetAsync("/api/v1/auth/me", key)).Get("keyName")));

        Assert.Equal(204, (await server.SendAsync("DELETE", $"/api/v1/keys/{id}", admin)).Status);

        Assert.Equal((401, "key-revoked"), ((await server.GetAsync("/api/v1/auth/me", key)).Status, (await server.GetAsync("/api/v1/auth/me", key)).Type));
        Assert.Contains("revokedAt", (await server.GetAsync("/api/v1/keys", admin)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", 422)]
    [InlineData("""{"name":"","role":"viewer"}""", 422)]
    [InlineData("""{"name":"x\u0000","role":"viewer"}""", 422)]
    [InlineData("""{"name":"x","role":"root"}""", 422)]
    [InlineData("""{"name":"x","role":"Viewer"}""", 422)]
    [InlineData("""{"name":"x","role":"viewer","expiresAt":"2020-01-01T00:00:00Z"}""", 422)]
    [InlineData("""{"name":"x","role":"viewer","tenant":"nobody"}""", 422)]
    [InlineData("""{"name":"x","role":"viewer","scope":"all"}""", 422)]
    [InlineData("""{"name":1,"role":"viewer"}""", 422)]
    [InlineData("""[]""", 422)]
    [InlineData("""null""", 422)]
    [InlineData("""{""", 400)]
    [InlineData("", 400)]
    public async Task A_request_for_a_key_that_makes_no_sense_is_refused(string body, int status)
    {
        await using var server = await SecureServer.StartAsync();

        Assert.Equal(status, (await server.PostAsync("/api/v1/keys", await server.KeyAsync(Role.Admin), body)).Status);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        await using var server = await SecureServer.StartAsync();
        var body = $$"""{"name":"{{new string('x', 2 << 20)}}","role":"viewer"}""";

        Assert.Equal(413, (await server.PostAsync("/api/v1/keys", await server.KeyAsync(Role.Admin), body)).Status);
    }

    [Fact]
    public async Task An_admin_administers_its_own_tenant_and_the_default_tenants_admin_all_of_them()
    {
        await using var server = await SecureServer.StartAsync();
        var (operator_, acme) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Admin, "acme"));

        Assert.Equal(201, (await server.PostAsync("/api/v1/tenants", operator_, """{"name":"rival"}""")).Status);
        Assert.Equal(409, (await server.PostAsync("/api/v1/tenants", operator_, """{"name":"rival"}""")).Status);
        Assert.Equal(409, (await server.PostAsync("/api/v1/tenants", operator_, """{"name":"default"}""")).Status);
        Assert.Equal(422, (await server.PostAsync("/api/v1/tenants", operator_, """{"name":"Rival!"}""")).Status);
        var rival = await server.PostAsync("/api/v1/keys", operator_, """{"name":"r","role":"viewer","tenant":"rival"}""");
        Assert.Equal((201, "rival"), (rival.Status, rival.Get("tenant")));
        Assert.Equal("rival", (await server.GetAsync("/api/v1/auth/me", rival.Get("key"))).Get("tenant"));

        // Whether there is such a tenant or such a key is the same to the admin of another one.
        var (there, nowhere) = (
            await server.PostAsync("/api/v1/keys", acme, """{"name":"r","role":"viewer","tenant":"rival"}"""),
            await server.PostAsync("/api/v1/keys", acme, """{"name":"r","role":"viewer","tenant":"nowhere"}"""));
        Assert.Equal((403, there.Text), (there.Status, nowhere.Text));
        Assert.Equal(403, (await server.GetAsync("/api/v1/keys?tenant=rival", acme)).Status);
        Assert.Equal(404, (await server.SendAsync("DELETE", $"/api/v1/keys/{rival.Get("id")}", acme)).Status);

        Assert.Equal(202, (await server.SendAsync("DELETE", "/api/v1/tenants/rival", operator_)).Status);
        Assert.Equal("key-revoked", (await server.GetAsync("/api/v1/auth/me", rival.Get("key"))).Type);
        Assert.Equal(409, (await server.SendAsync("DELETE", "/api/v1/tenants/default", operator_)).Status);
        Assert.Equal(404, (await server.SendAsync("DELETE", "/api/v1/tenants/nobody", operator_)).Status);
    }

    [Fact]
    public async Task Administration_is_written_down_for_both_tenants_and_so_is_what_was_refused()
    {
        await using var server = await SecureServer.StartAsync();
        var (operator_, acme, viewer) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Admin, "acme"), await server.KeyAsync(Role.Viewer, "acme"));
        await server.PostAsync("/api/v1/keys", operator_, """{"name":"theirs","role":"viewer","tenant":"acme"}""");
        await server.PostAsync("/api/v1/keys", acme, """{"name":"ours","role":"viewer"}""");
        await server.GetAsync("/api/v1/keys", viewer);

        var ours = (await server.GetAsync("/api/v1/audit", acme)).Json.GetProperty("entries").EnumerateArray().ToList();
        var theirs = (await server.GetAsync("/api/v1/audit", operator_)).Json.GetProperty("entries").EnumerateArray().ToList();

        Assert.Equal(["forbidden", "ok", "ok"], ours.Select(entry => entry.GetProperty("outcome").GetString()));
        Assert.Equal(["acme", "acme", "default"], ours.Select(entry => entry.GetProperty("actorTenant").GetString()));
        Assert.Contains("theirs", Assert.Single(theirs).GetProperty("target").GetString(), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", theirs[0].GetProperty("remoteAddress").GetString());

        var first = await server.GetAsync("/api/v1/audit?limit=2", acme);
        var cursor = Uri.EscapeDataString(first.Get("nextCursor"));
        var second = await server.GetAsync($"/api/v1/audit?limit=2&cursor={cursor}", acme);
        var paged = first.Json.GetProperty("entries").EnumerateArray().Concat(second.Json.GetProperty("entries").EnumerateArray());
        Assert.Equal(ours.Select(entry => entry.GetProperty("id").GetString()), paged.Select(entry => entry.GetProperty("id").GetString()));
        Assert.Equal((400, "invalid-cursor"), ((await server.GetAsync($"/api/v1/audit?cursor={cursor}", operator_)).Status, (await server.GetAsync($"/api/v1/audit?cursor={cursor}", operator_)).Type));
    }

    [Fact]
    public async Task Views_are_kept_by_editors_and_seen_by_their_tenant()
    {
        await using var server = await SecureServer.StartAsync();
        var (editor, viewer) = (await server.KeyAsync(Role.Editor, "acme"), await server.KeyAsync(Role.Viewer, "acme"));

        var made = await server.PostAsync("/api/v1/views", editor, """{"name":"slow","page":"traces","search":"q=duration%3E1s"}""");
        var changed = await server.SendAsync("PUT", $"/api/v1/views/{made.Get("id")}", editor, """{"name":"slower","page":"traces","search":""}""");

        Assert.Equal((201, 200, "slower"), (made.Status, changed.Status, changed.Get("name")));
        Assert.Equal(made.Get("createdAt"), changed.Get("createdAt"));
        Assert.Equal(403, (await server.PostAsync("/api/v1/views", viewer, """{"name":"n","page":"p","search":""}""")).Status);
        Assert.Equal(422, (await server.PostAsync("/api/v1/views", editor, """{"name":"n","page":"p"}""")).Status);
        Assert.Single((await server.GetAsync("/api/v1/views?page=traces", viewer)).Json.GetProperty("views").EnumerateArray());
        Assert.Empty((await server.GetAsync("/api/v1/views?page=logs", viewer)).Json.GetProperty("views").EnumerateArray());
        Assert.Equal(204, (await server.SendAsync("DELETE", $"/api/v1/views/{made.Get("id")}", editor)).Status);
        Assert.Equal(404, (await server.SendAsync("DELETE", $"/api/v1/views/{made.Get("id")}", editor)).Status);
    }

    [Fact]
    public async Task Keys_views_uses_and_revocations_outlive_the_server_and_the_first_key_is_made_once()
    {
        using var directory = new TemporaryDirectory();
        string admin, token, revoked, id;
        await using (var server = await SecureServer.StartAsync(directory.Path))
        {
            Assert.Equal("first admin", Assert.Single(server.Services.GetRequiredService<KeyRing>().List(Signals.TenantId.Default)).Document.Name);
            admin = await server.KeyAsync(Role.Admin);
            var issued = await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{admin}}"}""");
            token = issued.Get("token");
            revoked = (await server.PostAsync("/api/v1/auth/token", null, $$"""{"apiKey":"{{admin}}"}""")).Get("token");
            Assert.Equal(204, (await server.PostAsync("/api/v1/auth/revoke", null, $$"""{"token":"{{revoked}}"}""")).Status);
            id = (await server.PostAsync("/api/v1/views", token, """{"name":"n","page":"p","search":""}""")).Get("id");
        }

        await using (var server = await SecureServer.StartAsync(directory.Path))
        {
            Assert.Equal(2, server.Services.GetRequiredService<KeyRing>().List(Signals.TenantId.Default).Count);
            Assert.Contains(id, (await server.GetAsync("/api/v1/views", token)).Text, StringComparison.Ordinal);
            Assert.Equal("token-revoked", (await server.GetAsync("/api/v1/views", revoked)).Type);
            Assert.Contains("lastUsedAt", (await server.GetAsync("/api/v1/keys", admin)).Text, StringComparison.Ordinal);
        }
    }
}
