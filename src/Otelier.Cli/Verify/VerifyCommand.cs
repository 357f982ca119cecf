using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Export;

namespace Otelier.Cli.Verify;

/// <summary><c>otelier verify</c>.</summary>
internal sealed class VerifyCommand : Command
{
    private readonly Option<Uri?> _otlp = CheckedOption.HttpUrl(
        "--otlp", "Where to write [default: http://127.0.0.1:4318, with grpc http://127.0.0.1:4317]");

    private readonly Option<Uri?> _api = CheckedOption.HttpUrl("--api", "Where to read [default: http://127.0.0.1:4300]");
    private readonly Option<string?> _key = CheckedOption.ApiKey();
    private readonly InitialOption<OtlpProtocol> _protocol = CheckedOption.Protocol();

    private readonly InitialOption<TimeSpan> _timeout = CheckedOption.Duration(
        "--timeout", "How long data may take to show", "15s", TimeSpan.Zero, TimeSpan.FromHours(1));

    private readonly Option<bool> _watch = new("--watch") { Description = "Repeat until Ctrl-C, one line for each run" };

    private readonly InitialOption<TimeSpan> _interval = CheckedOption.Duration(
        "--interval", "With --watch: time between runs", "30s", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    private readonly Option<bool> _json = new("--json") { Description = "Print each report as one line of JSON" };

    public VerifyCommand()
        : base("verify", "Write known traces, logs and metrics, read them back by every way there is, and compare")
    {
        foreach (var option in (Option[])[_otlp, _api, _key, _protocol, _timeout, _watch, _interval, _json])
            Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var protocol = parsed.Read(_protocol);
        var output = parsed.InvocationConfiguration.Output;
        using var sender = new OtlpSender(parsed.GetValue(_otlp) ?? protocol.DefaultEndpoint(), protocol, TimeProvider.System, parsed.ReadKey(_key));
        using var api = new ApiClient(parsed.GetValue(_api) ?? new Uri("http://127.0.0.1:4300"), parsed.ReadKey(_key));
        var run = new VerifyRun(sender, api, parsed.Read(_timeout), TimeProvider.System);
        var watch = parsed.GetValue(_watch);
        var exit = ExitCode.Success;
        try
        {
            do
            {
                var report = await run.RunAsync(NewData(), cancellationToken).ConfigureAwait(false);
                Print(report, output, parsed.GetValue(_json), brief: watch && report.Clean);
                if (!report.Clean)
                    exit = ExitCode.Failure;
                if (watch)
                    await Task.Delay(parsed.Read(_interval), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            while (watch);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends watching; a run cut short has verified nothing.
            return watch ? exit : ExitCode.Failure;
        }

        return exit;
    }

    private static VerifyData NewData() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),
        TimeProvider.System.GetUtcNow(),
        new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));

    private static void Print(VerifyReport report, TextWriter output, bool json, bool brief)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(report, VerifyJson.Default.VerifyReport));
        else if (brief)
            output.WriteLine($"{ApiClient.Time(TimeProvider.System.GetUtcNow())} run {report.Run} clean, all visible after {report.Checks.Max(c => c.DelayMillis ?? 0):0} ms");
        else
            report.WriteText(output);
    }
}
