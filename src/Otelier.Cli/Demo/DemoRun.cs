using System.Globalization;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Export;
using Otelier.Cli.Otlp;
using Otelier.Signals;

namespace Otelier.Cli.Demo;

/// <summary>How long and how much.</summary>
/// <param name="Rate">Traces per second.</param>
/// <param name="Duration">After which the demo ends; zero runs until it is stopped.</param>
/// <param name="History">How much of the past is filled in first.</param>
/// <param name="Seed">Chooses everything that is left to chance.</param>
/// <param name="Api">Where people look at it.</param>
internal sealed record DemoOptions(double Rate, TimeSpan Duration, TimeSpan History, int Seed, Uri Api);

/// <summary>Plays the shop against a server: the past as fast as it is acknowledged, then the present as it happens.</summary>
internal sealed class DemoRun(DemoOptions options, OtlpSender sender, TimeProvider time, TextWriter output, TextWriter error)
{
    private const int UnreachableMax = 30;
    private const double RolloutShareOfHistory = 0.6;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HistoryStep = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RolloutWithoutHistory = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Signal, long> _acknowledged = [];
    private long _traces;
    private long _rejected;
    private long _refused;
    private long _retries;
    private string _lastReason = "";

    /// <summary>Runs until the duration is over or it is cancelled; gives the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var start = now - options.History;
        var rollout = options.History > TimeSpan.Zero ? start + (options.History * RolloutShareOfHistory) : start + RolloutWithoutHistory;
        var simulation = new ShopSimulation(options.Seed, start.ToUnixNanos(), rollout.ToUnixNanos(), options.Rate);
        await IntroduceAsync(rollout).ConfigureAwait(false);
        var exit = ExitCode.Success;
        try
        {
            for (var t = start; t < now && exit == ExitCode.Success; t = Earlier(t + HistoryStep, time.GetUtcNow()))
                exit = await SendAsync(simulation.PlayUntil(t.ToUnixNanos()), cancellationToken).ConfigureAwait(false);
            if (exit == ExitCode.Success && options.History > TimeSpan.Zero)
                await ReportAsync("history").ConfigureAwait(false);
            if (exit == ExitCode.Success)
                exit = await LiveAsync(simulation, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how a demo without a duration ends.
        }

        if (exit == ExitCode.Success)
        {
            await ReportAsync("total").ConfigureAwait(false);
            await output.WriteLineAsync($"Look at it: {options.Api}").ConfigureAwait(false);
        }

        return exit;
    }

    private async Task<int> LiveAsync(ShopSimulation simulation, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        var nextStatus = begun + StatusInterval;
        while (true)
        {
            var now = time.GetUtcNow();
            var exit = await SendAsync(simulation.PlayUntil(now.ToUnixNanos()), cancellationToken).ConfigureAwait(false);
            if (exit != ExitCode.Success || (options.Duration > TimeSpan.Zero && now - begun >= options.Duration))
                return exit;
            if (now >= nextStatus)
            {
                await ReportAsync("so far").ConfigureAwait(false);
                nextStatus = now + StatusInterval;
            }

            await Task.Delay(Step, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> SendAsync(ShopHappenings happenings, CancellationToken cancellationToken)
    {
        foreach (var request in ShopRequests.Of(happenings))
        {
            var outcome = await SendPatientlyAsync(request, cancellationToken).ConfigureAwait(false);
            _retries += outcome.Retries;
            switch (outcome.Status)
            {
                case SendStatus.Unreachable:
                    await error.WriteLineAsync(
                        outcome.Message == "connection refused"
                            ? Hints.NobodyListens(sender.Endpoint)
                            : $"{sender.Endpoint} cannot be reached: {outcome.Message}").ConfigureAwait(false);
                    return ExitCode.Failure;
                case SendStatus.Denied:
                    await error.WriteLineAsync(Hints.NotLetIn(sender.Endpoint, outcome.Message)).ConfigureAwait(false);
                    return ExitCode.Failure;
                case SendStatus.Refused:
                    _refused += request.Items;
                    _lastReason = outcome.Message;
                    break;
                default:
                    _acknowledged[request.Signal] = _acknowledged.GetValueOrDefault(request.Signal) + request.Items - outcome.Rejected;
                    _rejected += outcome.Rejected;
                    if (outcome.Message.Length > 0)
                        _lastReason = outcome.Message;
                    break;
            }
        }

        _traces += happenings.Traces;
        if (_refused == 0 || _acknowledged.Count > 0)
            return ExitCode.Success;
        await error.WriteLineAsync($"otelier demo: {sender.Endpoint} acknowledged nothing ({_lastReason})").ConfigureAwait(false);
        return ExitCode.Failure;
    }

    // A server that has answered before may be restarting; one that never did is not there.
    private async Task<SendOutcome> SendPatientlyAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (outcome.Status != SendStatus.Unreachable || _acknowledged.Count == 0 || attempt == UnreachableMax)
                return outcome;
            if (attempt == 1)
                await output.WriteLineAsync($"{sender.Endpoint} does not answer ({outcome.Message}); trying again").ConfigureAwait(false);
            await Task.Delay(Step, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task IntroduceAsync(DateTimeOffset rollout)
    {
        var history = options.History > TimeSpan.Zero ? $", the last {DurationText.Format(options.History)} first" : "";
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"A shop of 10 services → {sender.Endpoint}, {options.Rate} traces/s, seed {options.Seed}{history}")).ConfigureAwait(false);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Something goes wrong with checkouts from {rollout:yyyy-MM-dd HH:mm} UTC on: find out what.")).ConfigureAwait(false);
    }

    private Task ReportAsync(string what)
    {
        var faults = _rejected + _refused > 0
            ? string.Create(CultureInfo.InvariantCulture, $", rejected {_rejected:N0}, refused {_refused:N0} ({_lastReason})")
            : ", rejected 0";
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: sent {_traces:N0} traces; acknowledged {Acknowledged(Signal.Traces):N0} spans, {Acknowledged(Signal.Logs):N0} log records, {Acknowledged(Signal.Metrics):N0} points{faults}{(_retries > 0 ? $", {_retries} retries" : "")}"));
    }

    private long Acknowledged(Signal signal) => _acknowledged.GetValueOrDefault(signal);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
