using System.CommandLine;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Export;

namespace Otelier.Cli.Demo;

/// <summary><c>otelier demo</c>.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Option<Uri?> _endpoint = CheckedOption.HttpUrl(
        "--endpoint", "Where to send it [default: http://127.0.0.1:4318, with grpc http://127.0.0.1:4317]");

    private readonly Option<Uri?> _api = CheckedOption.HttpUrl("--api", "Where the UI and the API are [default: http://127.0.0.1:4300]");
    private readonly InitialOption<OtlpProtocol> _protocol = CheckedOption.Protocol();
    private readonly Option<string?> _key = CheckedOption.ApiKey();

    private readonly InitialOption<double> _rate = CheckedOption.Number("--rate", "Traces per second", 5, 0.01, 1000);

    private readonly InitialOption<TimeSpan> _duration = CheckedOption.Duration(
        "--duration", "How long to go on; 0 is until Ctrl-C", "0s", TimeSpan.Zero, TimeSpan.FromDays(365));

    private readonly InitialOption<TimeSpan> _history = CheckedOption.Duration(
        "--history", "How much of the past to fill in first", "1h", TimeSpan.Zero, TimeSpan.FromDays(7));

    private readonly InitialOption<int> _seed = CheckedOption.Whole("--seed", "The same seed gives the same shop", 1, 0, int.MaxValue);

    public DemoCommand()
        : base("demo", "Send the traces, logs and metrics of a small web shop, so that there is something to look at")
    {
        foreach (var option in (Option[])[_endpoint, _api, _key, _protocol, _rate, _duration, _history, _seed])
            Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var protocol = parsed.Read(_protocol);
        using var sender = new OtlpSender(parsed.GetValue(_endpoint) ?? protocol.DefaultEndpoint(), protocol, TimeProvider.System, parsed.ReadKey(_key));
        var options = new DemoOptions(
            parsed.Read(_rate),
            parsed.Read(_duration),
            parsed.Read(_history),
            parsed.Read(_seed),
            parsed.GetValue(_api) ?? new Uri("http://127.0.0.1:4300"));
        var run = new DemoRun(
            options, sender, TimeProvider.System, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
