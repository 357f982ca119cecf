using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Server.Ingest;
using Otelier.Signals;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Log;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>A tenant is deleted with what it has sent; who is given its name later finds nothing.</summary>
[Collection(EngineCollection.Name)]
public sealed class TenantDeletionTests
{
    /// <summary>Where a tenant's data can be seen, all signals and what is derived from them.</summary>
    private static readonly string[] Lists =
    [
        $"/api/v1/traces/{TenantData.Trace}", $"/api/v1/traces/{TenantData.Trace}/analysis", "/api/v1/traces", "/api/v1/spans", "/api/v1/logs", "/api/v1/metrics",
        "/api/v1/metrics/cart", "/api/v1/services", "/api/v1/services/cart", "/api/v1/service-map", "/api/v1/fields?signal=traces", "/api/v1/views",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_of_its_name_sees_nothing_of_a_deleted_tenant_and_others_keep_theirs()
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:RequestBurst=100000");
        var (operator_, acme, rival) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Admin, "acme"), await server.KeyAsync(Role.Admin, "rival"));
        await TenantData.FillAsync(server, acme);
        await TenantData.FillAsync(server, rival);
        await server.PostAsync("/api/v1/views", acme, """{"name":"n","page":"p","search":"s"}""");
        // Looked at, so that whatever remembers answers has them.
        foreach (var path in Lists)
            Assert.Contains("cart", path == "/api/v1/views" ? "cart" : (await server.GetAsync(path, acme)).Text, StringComparison.Ordinal);

        var deleted = await server.SendAsync("DELETE", "/api/v1/tenants/acme", operator_);

        Assert.Equal((202, "deleting"), (deleted.Status, deleted.Get("state")));
        Assert.Equal(401, (await server.GetAsync("/api/v1/traces", acme)).Status);
        Assert.Equal(401, (await server.ExportAsync("/v1/traces", acme, "{}")).Status);
        await GoneAsync(server, operator_);
        Assert.Equal(201, (await server.PostAsync("/api/v1/tenants", operator_, """{"name":"acme"}""")).Status);
        Assert.Equal("invalid-key", (await server.GetAsync("/api/v1/traces", acme)).Type);
        var (next, never) = (await server.KeyAsync(Role.Admin, "acme"), await server.KeyAsync(Role.Admin, "never"));
        foreach (var path in Lists)
            Assert.Equal(TenantData.Timeless((await server.GetAsync(path, never)).Text), TenantData.Timeless((await server.GetAsync(path, next)).Text));
        Assert.Single((await server.GetAsync("/api/v1/keys", next)).Json.GetProperty("keys").EnumerateArray());
        Assert.DoesNotContain("tenant.delete", (await server.GetAsync("/api/v1/audit", next)).Text, StringComparison.Ordinal);
        Assert.Contains("tenant.delete", (await server.GetAsync("/api/v1/audit", operator_)).Text, StringComparison.Ordinal);
        Assert.Contains(TenantData.Trace, (await server.GetAsync("/api/v1/traces", rival)).Text, StringComparison.Ordinal);

        // The very same again, series included, is the new one's.
        await TenantData.FillAsync(server, next);
    }

    [Fact]
    public async Task What_was_acknowledged_and_not_yet_stored_does_not_come_after()
    {
        await using var server = await SecureServer.StartAsync();
        var (operator_, acme) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Ingest, "acme"));
        await TenantData.SendAsync(server, acme);

        Assert.Equal(202, (await server.SendAsync("DELETE", "/api/v1/tenants/acme", operator_)).Status);
        Assert.Equal(409, (await server.PostAsync("/api/v1/tenants", operator_, """{"name":"acme"}""")).Status);
        Assert.Equal(404, (await server.SendAsync("PUT", "/api/v1/tenants/acme/quota", operator_, """{"itemsPerSecond":1}""")).Status);
        await GoneAsync(server, operator_);

        var (next, marker) = (await server.KeyAsync(Role.Admin, "acme"), await server.KeyAsync(Role.Admin, "rival"));
        // What another has sent after it is seen: so would be what came before.
        await TenantData.FillAsync(server, marker);
        foreach (var path in (string[])["/api/v1/traces", "/api/v1/logs", "/api/v1/metrics", "/api/v1/services"])
            Assert.DoesNotContain("cart", (await server.GetAsync(path, next)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_stopped_midway_goes_on_with_it()
    {
        using var directory = new TemporaryDirectory();
        string operator_;
        await using (var server = await SecureServer.StartAsync(directory.Path))
        {
            operator_ = await server.KeyAsync(Role.Admin);
            await TenantData.SendAsync(server, await server.KeyAsync(Role.Ingest, "acme"));
            Assert.Equal("deleting", (await server.SendAsync("DELETE", "/api/v1/tenants/acme", operator_)).Get("state"));
        }

        await using var again = await SecureServer.StartAsync(directory.Path);
        await GoneAsync(again, operator_);

        var next = await again.KeyAsync(Role.Admin, "acme");
        foreach (var path in (string[])["/api/v1/traces", "/api/v1/logs", "/api/v1/metrics", "/api/v1/services"])
            Assert.DoesNotContain("cart", (await again.GetAsync(path, next)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_set_aside_does_not_come_back_for_the_next_of_its_name_when_it_is_retried()
    {
        using var directory = new TemporaryDirectory();
        string operator_, acme, rival, next;
        await using (var server = await SecureServer.StartAsync(directory.Path))
            (operator_, acme, rival) = (await server.KeyAsync(Role.Admin), await server.KeyAsync(Role.Admin, "acme"), await server.KeyAsync(Role.Admin, "rival"));
        await ExecuteAsync(directory, "ALTER TABLE otel_traces ADD CONSTRAINT refused CHECK SpanName != 'cart'");
        await using (var server = await SecureServer.StartAsync(directory.Path, "--Log:ParkAfter=0s"))
        {
            await TenantData.SendAsync(server, acme);
            await TenantData.SendAsync(server, rival);
            await Eventually.IsTrueAsync("both are set aside", () => Task.FromResult(Parked(server).Sum() == 2));

            await server.SendAsync("DELETE", "/api/v1/tenants/acme", operator_);
            await GoneAsync(server, operator_);

            Assert.Equal(1, Parked(server).Sum());
            next = await server.KeyAsync(Role.Admin, "acme");
        }

        await ExecuteAsync(directory, "ALTER TABLE otel_traces DROP CONSTRAINT refused");
        await using var again = await SecureServer.StartAsync(directory.Path, "--Log:RetryParked=true");
        await Eventually.IsTrueAsync("it is stored", () => Task.FromResult(Parked(again).Length == 0));
        foreach (var path in (string[])["/api/v1/traces", "/api/v1/spans", "/api/v1/services", "/api/v1/fields?signal=traces"])
        {
            Assert.DoesNotContain("cart", (await again.GetAsync(path, next)).Text, StringComparison.Ordinal);
            Assert.Contains("cart", (await again.GetAsync(path, rival)).Text, StringComparison.Ordinal);
        }

        // Tables that had taken the whole block know it by its token.
        Assert.Equal(1, (await again.GetAsync("/api/v1/services", rival)).Json.GetProperty("services")[0].GetProperty("spanCount").GetInt32());
    }

    [Fact]
    public async Task A_request_that_began_before_keeps_the_name_until_it_is_over_and_one_that_comes_after_is_turned_back()
    {
        await using var server = await SecureServer.StartAsync();
        var (tenants, gate) = (server.Services.GetRequiredService<TenantRegistry>(), server.Services.GetRequiredService<TenantGate>());
        await server.KeyAsync(Role.Ingest, "acme");
        Assert.True(TenantId.TryParse("acme", out var acme));
        var request = new IngestRequest(Signal.Logs, default, default, acme, default, default);

        Assert.Null(gate.Check(request));
        await tenants.BeginDeletingAsync(tenants.Find(acme)!, Ct);
        Assert.NotNull(gate.Check(request));

        Assert.False(gate.IsEmpty(acme));
        gate.Leave(request);
        Assert.True(gate.IsEmpty(acme));
        await GoneAsync(server, await server.KeyAsync(Role.Admin));
    }

    /// <summary>How many requests each block has that was set aside.</summary>
    private static int[] Parked(SecureServer server)
    {
        var parked = server.Services.GetRequiredService<WriteAheadLog>().Parked;
        return [.. parked.All.Select(block => parked.TryRead(block)!.Count)];
    }

    private static async Task ExecuteAsync(TemporaryDirectory directory, string sql)
    {
        await using var transport = ChdbTransport.Open(new ChdbOptions { DataDirectory = Path.Combine(directory.Path, "engine") }, NullLogger.Instance);
        await transport.ExecuteAsync(SqlStatement.Unlimited(sql), Ct);
    }

    private static Task GoneAsync(SecureServer server, string operator_) => Eventually.IsTrueAsync(
        "the tenant is gone",
        async () => !(await server.GetAsync("/api/v1/tenants", operator_)).Text.Contains("\"acme\"", StringComparison.Ordinal));
}
