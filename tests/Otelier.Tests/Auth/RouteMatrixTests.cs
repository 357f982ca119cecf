using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Ingest;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>Every route the server has × every role × a foreign tenant: generated from the routes themselves.</summary>
[Collection(EngineCollection.Name)]
public sealed partial class RouteMatrixTests
{
    private const string Missing = "ffffffffffffffffffffffffffffffff";

    private static readonly string[] Open =
        ["GET /health/live", "GET /health/ready", "GET /openapi/v1.json", "POST /api/v1/auth/token", "POST /api/v1/auth/refresh", "POST /api/v1/auth/revoke", "POST /v3/auth/token", "GET /v3/auth/token"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_declares_a_permission_and_those_open_to_all_are_known()
    {
        await using var server = await SecureServer.StartAsync();

        Assert.All(server.Routes, route => Assert.True(route.Metadata.GetMetadata<RoutePermission>() is not null, route.RoutePattern.RawText));
        var open = Calls(server).Where(call => call.Permission == Permission.Open).Select(call => $"{call.Method} {call.Pattern}");
        Assert.Equal(Open.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_route_answers_each_role_as_its_permission_says()
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:RequestBurst=100000", "--Auth:FailuresPerMinute=100000");
        var callers = new List<(string? Key, Caller? Caller)> { (null, null), ("otl_nonsense", null) };
        foreach (var tenant in (string[])["default", "acme"])
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var key = await server.KeyAsync(role, tenant);
                Assert.True(Signals.TenantId.TryParse(tenant, out var owner));
                callers.Add((key, new Caller(owner, role, "", "")));
            }
        }

        var calls = Calls(server).ToList();
        Assert.True(calls.Count >= 20, $"{calls.Count} routes");
        foreach (var call in calls)
        {
            foreach (var (key, caller) in callers)
            {
                var answer = await server.SendAsync(call.Method, Fill(call.Pattern, Missing[..16]), key, call.Method is "GET" or "DELETE" ? null : "{}");

                var where = $"{call.Method} {call.Pattern} as {caller?.Tenant.Value} {caller?.Role}: {answer.Status} {answer.Text}";
                if (call.Permission == Permission.Open)
                    Assert.True(answer.Status is 200 or 422 or 401 and not 403, where);
                else if (caller is null)
                    Assert.True(answer.Status == 401 && answer.Headers.ContainsKey("WWW-Authenticate"), where);
                else if (!caller.May(call.Permission))
                    Assert.True(answer.Status == 403, where);
                else
                    Assert.True(answer.Status is not (401 or 403 or >= 500), where);
            }
        }
    }

    [Fact]
    public async Task Foreign_data_is_answered_exactly_as_data_that_is_not_there()
    {
        await using var server = await SecureServer.StartAsync(":memory:", "--Auth:RequestBurst=100000");
        var owner = await server.KeyAsync(Role.Admin, "acme");
        var foreigner = await server.KeyAsync(Role.Admin, "rival");
        var nobody = await server.KeyAsync(Role.Admin, "empty");
        await TenantData.FillAsync(server, owner);
        var view = (await server.PostAsync("/api/v1/views", owner, """{"name":"n","page":"p","search":"s"}""")).Get("id");
        var key = (await server.PostAsync("/api/v1/keys", owner, """{"name":"n","role":"viewer"}""")).Get("id");
        // What names the tenant or is of the whole server is no tenant's data.
        string[] own = ["/api/v1/auth/me", "/api/v1/audit", "/api/v1/keys", "/metrics", "/health/store"];

        foreach (var call in Calls(server).Where(call => call.Permission != Permission.Open && !own.Contains(call.Pattern)))
        {
            var body = call.Method is "GET" or "DELETE" ? null : """{"name":"n","page":"p","search":"s"}""";
            if (call.Method == "POST" && call.Pattern is "/api/v1/views" or "/api/v1/keys")
                continue;
            string[] known = [view, key, TenantData.Trace, TenantData.Span, "cart"];
            foreach (var id in call.Pattern.Contains('{', StringComparison.Ordinal) ? known : [""])
            {
                var missing = id.All(char.IsAsciiHexDigit) ? Missing[..Math.Max(id.Length, 1)] : new string('z', id.Length);
                var foreign = await server.SendAsync(call.Method, Fill(call.Pattern, id), foreigner, body);
                var none = await server.SendAsync(call.Method, Fill(call.Pattern, missing), nobody, body);

                var where = $"{call.Method} {call.Pattern} with {id}: {foreign.Status} {foreign.Text} / {none.Status} {none.Text}";
                Assert.True(foreign.Status == none.Status, where);
                Assert.True(TenantData.Timeless(id.Length == 0 ? foreign.Text : foreign.Text.Replace(id, missing, StringComparison.Ordinal)) == TenantData.Timeless(none.Text), where);
            }
        }

        // And all of it is still there for whose it is.
        foreach (var path in (string[])[$"/api/v1/traces/{TenantData.Trace}", "/api/v1/services", "/api/v1/traces", "/api/v1/spans", "/api/v1/logs", "/api/v1/metrics"])
            Assert.NotEqual((await server.GetAsync(path, foreigner)).Text, (await server.GetAsync(path, owner)).Text);
        Assert.Contains(view, (await server.GetAsync("/api/v1/views", owner)).Text, StringComparison.Ordinal);
        Assert.Equal(204, (await server.SendAsync("DELETE", $"/api/v1/keys/{key}", owner)).Status);
    }

    [Theory]
    [InlineData("//api/v1/keys")]
    [InlineData("/api//v1/keys")]
    [InlineData("/api/v1//keys")]
    [InlineData("/api%2fv1%2fkeys")]
    [InlineData("/api/v1%252fkeys")]
    [InlineData("/%61pi/v1/keys")]
    [InlineData("/api/v1/%6beys")]
    [InlineData("/api/v1/keys%00")]
    [InlineData("/api/v1/keys%2e")]
    [InlineData("/api/v1/keys%252e")]
    [InlineData("/api/v1/keys/")]
    [InlineData("/api/v1/keys;x")]
    [InlineData("/API/V1/KEYS")]
    [InlineData("/./api/v1/keys")]
    [InlineData("/x/../api/v1/keys")]
    [InlineData("/health/live/../../api/v1/keys")]
    [InlineData("/health/live/..%2f..%2fapi/v1/keys")]
    [InlineData("/health/live/%2e%2e/%2e%2e/api/v1/keys")]
    [InlineData("/health/live/%252e%252e/%252e%252e/api/v1/keys")]
    [InlineData("/api/v1/auth/token/../../keys")]
    [InlineData("/health\\live\\..\\..\\api/v1/keys")]
    [InlineData("http://127.0.0.1/api/v1/keys")]
    [InlineData("http://127.0.0.1//api/v1/keys")]
    public async Task No_spelling_of_a_path_gets_round_the_guard(string target)
    {
        await using var server = await SecureServer.StartAsync();

        var answer = await RawHttp.ExchangeAsync(server.Api, RawHttp.Head("GET", target), Ct);

        Assert.Contains(answer.Status, (int[])[400, 401, 404]);
        Assert.DoesNotContain("\"keys\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_declares_nothing_is_refused_even_to_an_operator()
    {
        await using var server = await SecureServer.StartAsync();
        var control = server.Services.GetRequiredService<AccessControl>();
        var isReached = false;
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = server.Services };
        using var body = new MemoryStream();
        context.Response.Body = body;
        context.Request.Headers[Authenticator.KeyHeader] = await server.KeyAsync(Role.Admin);
        Microsoft.AspNetCore.Http.EndpointHttpContextExtensions.SetEndpoint(
            context, new RouteEndpoint(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/x"), 0, null, "undeclared"));

        await control.Guard(_ =>
        {
            isReached = true;
            return Task.CompletedTask;
        })(context);

        Assert.Equal((403, false), (context.Response.StatusCode, isReached));
    }

    private static IEnumerable<(string Method, string Pattern, Permission Permission)> Calls(SecureServer server) =>
        from route in server.Routes
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select (method, route.RoutePattern.RawText!, route.Metadata.GetMetadata<RoutePermission>()!.Permission);

    private static string Fill(string pattern, string value) => Parameter().Replace(pattern, value);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
