using Otelier.Cli.CommandLine;
using Otelier.Server.Http;
using Otelier.Tests.Auth;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Cli;

/// <summary>The command line with keys, against a real server that requires them.</summary>
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

    [Theory]
    [InlineData("http", "none")]
    [InlineData("http", "gzip")]
    [InlineData("grpc", "none")]
    public async Task Load_is_taken_with_a_key_and_refused_without(string protocol, string compression)
    {
        await using var server = await SecureServer.StartAsync();
        var endpoint = protocol == "grpc" ? server.OtlpGrpc : server.OtlpHttp;
        string[] load =
            ["load", "--endpoint", $"http://{endpoint}", "--protocol", protocol, "--compression", compression, "--items", "200", "--batch", "100", "--connections", "1", "--duration", "30s"];

        Assert.Equal(0, (await CliAsync([.. load, "--key", await server.KeyAsync(Role.Ingest)])).Exit);
        Assert.Equal(1, (await CliAsync([.. load, "--key", await server.KeyAsync(Role.Viewer)])).Exit);
        Assert.Equal(2, (await CliAsync([.. load, "--key", "otl_x\r\nX: y"])).Exit);
    }

    [Fact]
    public async Task Verify_and_demo_speak_with_a_key()
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:RequestBurst=100000");
        var key = await server.KeyAsync(Role.Admin);

        var verified = await CliAsync(["verify", "--otlp", $"http://{server.OtlpHttp}", "--api", $"http://{server.Api}", "--key", key]);
        var shown = await CliAsync(
            ["demo", "--endpoint", $"http://{server.OtlpHttp}", "--api", $"http://{server.Api}", "--key", key, "--history", "0s", "--duration", "1s"]);

        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
        Assert.True(shown.Exit == 0, shown.Output + shown.Error);
        var refused = await CliAsync(["demo", "--endpoint", $"http://{server.OtlpHttp}", "--key", "otl_nonsense", "--history", "0s", "--duration", "1s"]);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("HTTP 401", refused.Error, StringComparison.Ordinal);
    }

    private static Task<(int Exit, string Output, string Error)> RunAsync(SecureServer server, string key, params string[] arguments) =>
        CliAsync(["keys", .. arguments, "--api", $"http://{server.Api}", "--key", key]);

    private static async Task<(int Exit, string Output, string Error)> CliAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CliApplication.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
