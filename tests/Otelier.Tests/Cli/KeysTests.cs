using Otelier.Cli.CommandLine;
using Otelier.Server.Http;
using Otelier.Tests.Auth;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Cli;

/// <summary><c>otelier keys</c> against a real server.</summary>
[Collection(EngineCollection.Name)]
public sealed class KeysTests
{
    [Fact]
    public async Task Keys_are_made_listed_and_revoked()
    {
        await using var server = await SecureServer.StartAsync();
        var admin = await server.KeyAsync(Role.Admin, "acme");

        var (made, key, _) = await RunAsync(server, admin, "create", "--name", "collector", "--role", "ingest", "--expires", "90d");
        Assert.Equal(0, made);
        var me = await server.GetAsync("/api/v1/auth/me", key.Trim());
        Assert.Equal(("acme", "ingest", "collector"), (me.Get("tenant"), me.Get("role"), me.Get("keyName")));

        var (_, listed, _) = await RunAsync(server, admin, "list");
        Assert.Contains(me.Get("keyId"), listed, StringComparison.Ordinal);
        Assert.Contains("until ", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Trim(), listed, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync(server, admin, "revoke", me.Get("keyId"))).Exit);
        Assert.Equal(401, (await server.GetAsync("/api/v1/auth/me", key.Trim())).Status);
    }

    [Fact]
    public async Task What_the_server_refuses_is_one_line_and_exit_code_1()
    {
        await using var server = await SecureServer.StartAsync();

        var (exit, output, error) = await RunAsync(server, await server.KeyAsync(Role.Viewer), "create", "--name", "mine");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("403", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(SecureServer server, string key, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CliApplication.RunAsync(
            ["keys", .. arguments, "--api", $"http://{server.Api}", "--key", key], output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
