using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Otelier.Server.Ui;
using Xunit;

namespace Otelier.Tests.Ui;

public sealed class UiPagesTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("otelier-ui").FullName;
    private WebApplication? _app;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "assets"));
        await WriteAsync("index.html", "<meta property=\"csp-nonce\" nonce=\"__CSP_NONCE__\" />");
        await WriteAsync("theme.js", "plain");
        await WriteAsync("assets/index-abc123.js", "plain");
        await WriteAsync("assets/index-abc123.js.br", "brotli");
        await WriteAsync("assets/index-abc123.js.gz", "gzip");
        await WriteAsync("secret.key", "secret");
        _app = await StartAsync(_directory);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/traces/5b8efff798038103d269b633813fc60c?span=eee19b7ec3c1b174")]
    public async Task An_address_without_a_route_is_the_page(string address)
    {
        using var answer = await GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task The_page_may_use_nothing_of_others_and_styles_only_by_a_nonce_of_its_own()
    {
        using var first = await GetAsync("/");
        using var second = await GetAsync("/");
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];

        Assert.Equal($"<meta property=\"csp-nonce\" nonce=\"{nonce}\" />", await first.Content.ReadAsStringAsync(Stop));
        Assert.NotEqual(policy, second.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/health/nothing")]
    [InlineData("/assets/index-gone.js")]
    public async Task An_unknown_address_of_programs_is_not_found(string address)
    {
        using var answer = await GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br", "brotli")]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip", "gzip")]
    [InlineData("identity", null, "plain")]
    public async Task A_file_comes_compressed_as_the_client_likes_it(string accepted, string? encoding, string content)
    {
        using var answer = await GetAsync("/assets/index-abc123.js", accepted);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task What_is_named_by_its_hash_is_kept_for_ever_and_the_rest_is_asked_for_again()
    {
        using var hashed = await GetAsync("/assets/index-abc123.js");
        using var named = await GetAsync("/theme.js");
        using var again = await GetAsync("/theme.js", tag: named.Headers.ETag?.ToString());

        Assert.Contains("immutable", hashed.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.True(named.Headers.CacheControl?.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/../secret.key")]
    [InlineData("/%2e%2e/secret.key")]
    [InlineData("/secret.key")]
    [InlineData("/assets/index-abc123.js.br")]
    public async Task Only_what_was_listed_at_start_is_served(string address)
    {
        using var answer = await GetAsync(address);

        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.NotEqual("brotli", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Without_a_build_the_address_says_what_is_missing()
    {
        await using var app = await StartAsync(Path.Combine(_directory, "nowhere"));

        var said = await app.GetTestClient().GetStringAsync("/", Stop);

        Assert.Contains("Node.js", said, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(string directory)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.UseRouting();
        app.UseUi(directory);
        await app.StartAsync(Stop);
        return app;
    }

    private async Task<HttpResponseMessage> GetAsync(string address, string? encodings = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (encodings is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await _app!.GetTestClient().SendAsync(request, Stop);
    }

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(Path.Combine(_directory, name), content, Stop);
}
