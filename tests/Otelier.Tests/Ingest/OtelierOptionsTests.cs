using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Otelier.Server.Http;
using Xunit;

namespace Otelier.Tests.Ingest;

/// <summary>How settings are read, and what is refused at start.</summary>
public sealed class OtelierOptionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static (OtelierOptions Options, IReadOnlyList<string> Problems) Read(params string[] args) =>
        OtelierOptions.Read(new ConfigurationBuilder().AddCommandLine(args).Build());

    [Fact]
    public void Defaults_listen_on_loopback_at_the_protocol_ports()
    {
        var (options, problems) = Read();

        Assert.Empty(problems);
        Assert.Equal("http://127.0.0.1:4300", options.Listen.Api.ToString());
        Assert.Equal("http://127.0.0.1:4317", options.Listen.OtlpGrpc.ToString());
        Assert.Equal("http://127.0.0.1:4318", options.Listen.OtlpHttp.ToString());
        Assert.Equal(64 << 20, options.Otlp.BodyBytesMax);
    }

    [Fact]
    public void Values_are_read_whatever_the_case_of_their_names()
    {
        var (options, problems) = Read(
            "--datadir=:memory:", "--LISTEN:API=http://[::1]:1", "--Otlp:BodyBytesMax=1MiB", "--Otlp:CorsOrigins=https://a.example, https://b.example",
            "--SelfTelemetry:MetricInterval=2.5s");

        Assert.Empty(problems);
        Assert.Equal((":memory:", "http://[::1]:1", 1 << 20), (options.DataDir, options.Listen.Api.ToString(), options.Otlp.BodyBytesMax));
        Assert.Equal(["https://a.example", "https://b.example"], options.Otlp.CorsOrigins);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.SelfTelemetry.MetricInterval);
    }

    [Fact]
    public void List_may_be_an_array()
    {
        var (options, problems) = Read("--Otlp:CorsOrigins:0=https://a.example", "--Otlp:CorsOrigins:1=https://b.example");

        Assert.Empty(problems);
        Assert.Equal(["https://a.example", "https://b.example"], options.Otlp.CorsOrigins);
    }

    [Fact]
    public void Unknown_name_is_a_fault_and_the_nearest_is_suggested()
    {
        var (_, problems) = Read("--Listen:OtlpHtpp=http://127.0.0.1:1", "--Entirely:Elsewhere=1");

        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("'Entirely:Elsewhere'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'Listen:OtlpHttp' (OTELIER_LISTEN__OTLPHTTP)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Listen:Api", "https://127.0.0.1:1", "needs a certificate")]
    [InlineData("Listen:Api", "127.0.0.1:1", "http://")]
    [InlineData("Tls:Certificate", "nowhere.pem", "cannot be used")]
    [InlineData("Tls:ClientCa", "nowhere.pem", "cannot be used")]
    [InlineData("Auth:Mode", "sometimes", "none, required")]
    [InlineData("Auth:TokenLife", "2d", "length of time")]
    [InlineData("Api:CorsOrigins", "*", "there is no *")]
    [InlineData("Api:AllowedHosts", "https://otelier.example", "without http://")]
    [InlineData("Listen:Api", "http://127.0.0.1", "port")]
    [InlineData("Listen:Api", "http://127.0.0.1:70000", "port")]
    [InlineData("Listen:Api", "http://example.org:80", "IP address")]
    [InlineData("Listen:Api", "http://2130706433:80", "IP address")]
    [InlineData("Listen:Api", "http://localhost:0", "only with an IP address")]
    [InlineData("Listen:Api", "http://127.0.0.1:4318", "both use port 4318")]
    [InlineData("Listen:AllowUnauthenticated", "yes", "'true' nor 'false'")]
    [InlineData("Otlp:BodyBytesMax", "64XB", "size")]
    [InlineData("Otlp:BodyBytesMax", "9GiB", "size")]
    [InlineData("Otlp:BodyBytesMax", "100MiB", "four times")]
    [InlineData("Otlp:ConnectionsMax", "0", "whole number")]
    [InlineData("Otlp:HttpBasePath", "otlp", "slash")]
    [InlineData("Otlp:CorsOrigins", "https://a.example/path", "origin")]
    [InlineData("Otlp:CorsOrigins", "*,https://a.example", "origin")]
    [InlineData("SelfTelemetry:Endpoint", "elsewhere", "'self'")]
    [InlineData("SelfTelemetry:MetricInterval", "soon", "length of time")]
    [InlineData("DataDir", " ", "DataDir")]
    public void Bad_value_is_refused_with_a_reason(string key, string value, string expected)
    {
        var (_, problems) = Read($"--{key}={value}");

        Assert.Contains(expected, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:4318")]
    [InlineData("http://*:4318")]
    [InlineData("http://[::]:4318")]
    [InlineData("http://192.168.1.1:4318")]
    public void Address_beyond_loopback_without_authentication_is_refused_with_both_ways_out(string address)
    {
        var (_, problems) = Read($"--Listen:OtlpHttp={address}");
        var (_, allowed) = Read($"--Listen:OtlpHttp={address}", "--Listen:AllowUnauthenticated=true");

        var (_, guarded) = Read($"--Listen:OtlpHttp={address}", "--Auth:Mode=required");

        Assert.Empty(guarded);
        var problem = Assert.Single(problems);
        Assert.Contains("keep to loopback", problem, StringComparison.Ordinal);
        Assert.Contains("OTELIER_AUTH__MODE=required", problem, StringComparison.Ordinal);
        Assert.Contains("OTELIER_LISTEN__ALLOWUNAUTHENTICATED=true", problem, StringComparison.Ordinal);
        Assert.Empty(allowed);
    }

    [Theory]
    [InlineData("http://localhost:4318")]
    [InlineData("http://127.9.9.9:4318")]
    [InlineData("http://[::1]:4318")]
    public void Every_loopback_address_is_allowed(string address)
    {
        var (options, problems) = Read($"--Listen:OtlpHttp={address}");

        Assert.Empty(problems);
        Assert.Equal(address, options.Listen.OtlpHttp.ToString());
    }

    [Theory]
    [InlineData("DataDir=x")]
    [InlineData("--DataDir")]
    public void Word_of_the_command_line_that_sets_nothing_is_a_fault(string argument) =>
        Assert.Single(SettingsReader.FindStrayArguments([argument]));

    [Fact]
    public async Task Process_with_a_misspelt_variable_ends_at_start_and_says_what_is_allowed()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "otelier-server.dll"), "--Listen:Api=http://0.0.0.0:0" },
            Environment = { ["OTELIER_DATADIRECTORY"] = "x" },
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("There is no setting 'DATADIRECTORY'.", error, StringComparison.Ordinal);
        Assert.Contains("keep to loopback", error, StringComparison.Ordinal);
        Assert.Contains("Allowed: DataDir, Listen:Api,", error, StringComparison.Ordinal);
    }
}
