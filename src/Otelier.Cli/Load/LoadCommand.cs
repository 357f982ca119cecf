using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Export;
using Otelier.Signals;

namespace Otelier.Cli.Load;

/// <summary><c>otelier load</c>.</summary>
internal sealed class LoadCommand : Command
{
    private const int ConnectionsMax = 1024;
    private const int BatchMax = 50_000;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly InitialOption<Signal> _signal = CheckedOption.Choice(
        "--signal", "What to send", Signal.Traces, ("traces", Signal.Traces), ("logs", Signal.Logs), ("metrics", Signal.Metrics));

    private readonly Option<Uri?> _endpoint = CheckedOption.HttpUrl(
        "--endpoint", "Where to send it [default: http://127.0.0.1:4318, with grpc http://127.0.0.1:4317]");

    private readonly Option<string?> _key = CheckedOption.ApiKey();

    private readonly InitialOption<LoadProtocol> _protocol = CheckedOption.Choice(
        "--protocol", "OTLP/HTTP protobuf or OTLP/gRPC", LoadProtocol.Http,
        ("http", LoadProtocol.Http), ("http/protobuf", LoadProtocol.Http), ("grpc", LoadProtocol.Grpc));

    private readonly InitialOption<LoadCompression> _compression = CheckedOption.Choice(
        "--compression", "gzip sends bodies compressed before the run, so that items repeat", LoadCompression.None,
        ("none", LoadCompression.None), ("gzip", LoadCompression.Gzip));

    private readonly InitialOption<int> _rate = CheckedOption.Whole("--rate", "Items per second; 0 is as fast as answers come", 0, 0, 100_000_000);
    private readonly InitialOption<int> _connections = CheckedOption.Whole("--connections", "Connections, each with one request under way", 8, 1, ConnectionsMax);
    private readonly InitialOption<int> _batch = CheckedOption.Whole("--batch", "Items per request", 1000, 1, BatchMax);

    private readonly InitialOption<TimeSpan> _duration = CheckedOption.Duration(
        "--duration", "How long to send", "30s", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(7));

    private readonly InitialOption<TimeSpan> _warmup = CheckedOption.Duration(
        "--warmup", "Time before the duration that the figures leave out", "0s", TimeSpan.Zero, TimeSpan.FromHours(1));

    private readonly InitialOption<int> _items = CheckedOption.Whole("--items", "Stop after this many items; 0 is no limit", 0, 0, int.MaxValue);

    private readonly InitialOption<TimeSpan> _spread = CheckedOption.Duration(
        "--spread", "With --items: timestamps run from this long ago to now", "0s", TimeSpan.Zero, TimeSpan.FromDays(90));

    private readonly InitialOption<int> _series = CheckedOption.Whole("--series", "With metrics: distinct series", 100_000, 1, 5_000_000);
    private readonly InitialOption<double> _histograms = CheckedOption.Number("--histograms", "With metrics: the share of histograms", 0, 0, 1);
    private readonly InitialOption<int> _seed = CheckedOption.Whole("--seed", "Chooses the attributes", 1, 0, int.MaxValue / 2_000_000);
    private readonly Option<bool> _json = new("--json") { Description = "Print the figures as JSON" };

    private readonly Option<bool> _numbered = new("--numbered")
    {
        Description = "Items carry otelier.load.run and otelier.load.number (metrics: the number is the value)",
        Hidden = true,
    };

    private readonly Option<ulong?> _runId = CheckedOption.Hexadecimal("--run-id", "With --numbered: the run's name; random unless given");

    private readonly InitialOption<int> _firstNumber = CheckedOption.Whole("--first-number", "With --numbered: where numbers start", 1, 1, int.MaxValue);

    private readonly Option<string?> _ackFile = new("--ack-file")
    {
        Description = "With --numbered: append 'first last' for each acknowledged request; - is the output",
        Hidden = true,
    };

    public LoadCommand()
        : base("load", "Send generated telemetry as fast as asked and measure the acknowledgements")
    {
        foreach (var option in (Option[])[_signal, _endpoint, _key, _protocol, _compression, _rate, _connections, _batch, _duration, _warmup, _items,
                     _spread, _series, _histograms, _seed, _json, _numbered, _runId, _firstNumber, _ackFile])
            Add(option);
        (_firstNumber.Hidden, _runId.Hidden) = (true, true);
        SetAction(RunAsync);
    }

    private LoadOptions Read(ParseResult result)
    {
        var protocol = result.Read(_protocol);
        var otlp = protocol == LoadProtocol.Grpc ? OtlpProtocol.Grpc : OtlpProtocol.HttpProtobuf;
        return new LoadOptions(result.Read(_signal), result.GetValue(_endpoint) ?? otlp.DefaultEndpoint(), protocol)
        {
            Gzip = result.Read(_compression) == LoadCompression.Gzip,
            Rate = result.Read(_rate),
            Connections = result.Read(_connections),
            Batch = result.Read(_batch),
            Duration = result.Read(_duration),
            Warmup = result.Read(_warmup),
            Items = result.Read(_items),
            Spread = result.Read(_spread),
            Series = result.Read(_series),
            Histograms = result.Read(_histograms),
            Seed = result.Read(_seed),
            Key = result.ReadKey(_key),
            Numbered = result.GetValue(_numbered),
            RunId = result.GetValue(_runId) ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
            FirstNumber = result.Read(_firstNumber),
        };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Read(parsed);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (options.Fault() is { } fault)
        {
            await error.WriteLineAsync($"otelier: {fault} (see --help)").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var ackFile = parsed.GetValue(_ackFile);
        if (ackFile == "-")
            output = error;

        var sources = new RequestPreparation(options, TimeProvider.System).Prepare(cancellationToken);
        if (sources is null)
        {
            await error.WriteLineAsync("otelier load: the encoded requests would take more than 1 GiB: lower --series, --batch or --connections")
                .ConfigureAwait(false);
            return ExitCode.Usage;
        }

        using var journal = options.Numbered && ackFile is not null ? OpenJournal(ackFile) : null;
        var run = new LoadRun(options, sources, journal, TimeProvider.System);
        var running = run.RunAsync(cancellationToken);
        if (!parsed.GetValue(_json))
            await ProgressAsync(run, running, options, output).ConfigureAwait(false);
        var result = await running.ConfigureAwait(false);
        return await PrintAsync(LoadReport.Of(options, result), result, options, parsed.GetValue(_json), output, error).ConfigureAwait(false);
    }

    private static async Task<int> PrintAsync(
        LoadReport report, LoadResult result, LoadOptions options, bool json, TextWriter output, TextWriter error)
    {
        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(report, LoadJson.Default.LoadReport)).ConfigureAwait(false);
        else
            report.WriteText(output, options.ItemsName);
        if (report.AcknowledgedItems > 0)
            return ExitCode.Success;
        var refused = result.Tally.Answers.ContainsKey((LoadAnswerKind.Broken, (int)SocketError.ConnectionRefused));
        await error.WriteLineAsync(refused ? Hints.NobodyListens(options.Endpoint) : $"otelier load: {options.Endpoint} acknowledged nothing")
            .ConfigureAwait(false);
        return ExitCode.Failure;
    }

    private static async Task ProgressAsync(LoadRun run, Task running, LoadOptions options, TextWriter output)
    {
        await output.WriteLineAsync(
            $"{options.ItemsName} → {options.Endpoint} over {options.Connections} connections, {options.Batch} a request")
            .ConfigureAwait(false);
        using var timer = new PeriodicTimer(ProgressInterval);
        var before = 0L;
        while (await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask()).ConfigureAwait(false) != running)
        {
            var now = run.Acknowledged;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {(now - before) / ProgressInterval.TotalSeconds:N0}/s")).ConfigureAwait(false);
            before = now;
        }
    }

    private static AckJournal OpenJournal(string path) => new(
        path == "-" ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0));
}
