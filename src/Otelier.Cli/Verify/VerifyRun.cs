using Otelier.Cli.CommandLine;
using Otelier.Cli.Export;
using Otelier.Cli.Otlp;

namespace Otelier.Cli.Verify;

/// <summary>Writes one set of known telemetry and reads it back by every way until it is right or the patience is over.</summary>
internal sealed class VerifyRun(OtlpSender sender, ApiClient api, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public async Task<VerifyReport> RunAsync(VerifyData data, CancellationToken cancellationToken)
    {
        var checks = new List<CheckReport>
        {
            await WriteAsync("write spans", ExportRequest.OfSpans(data.Spans), cancellationToken).ConfigureAwait(false),
            await WriteAsync("write log records", ExportRequest.OfLogs(data.Logs), cancellationToken).ConfigureAwait(false),
            await WriteAsync("write data points", ExportRequest.OfMetrics(data.Metrics), cancellationToken).ConfigureAwait(false),
        };
        if (checks.TrueForAll(c => c.Clean))
        {
            var acknowledged = time.GetTimestamp();
            var readers = new Readers(api, data).All().Concat(new MetricReaders(api, data).All()).ToArray();
            checks.AddRange(await Task.WhenAll(readers.Select(r => PollAsync(r, acknowledged, cancellationToken))).ConfigureAwait(false));

            // What is stored twice may show only after it was right once.
            if (checks.TrueForAll(c => c.Clean))
                foreach (var reader in readers.Where(r => r.Name.EndsWith("format=otlp", StringComparison.Ordinal)))
                    checks.Add(new CheckReport($"again {reader.Name}", null, await reader.Read(cancellationToken).ConfigureAwait(false)));
        }

        return new VerifyReport(data.Run, checks.TrueForAll(c => c.Clean), checks);
    }

    private async Task<CheckReport> WriteAsync(string name, ExportRequest request, CancellationToken cancellationToken)
    {
        var outcome = await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new CheckReport($"{name} ({request.Items})", null, outcome switch
        {
            { Status: SendStatus.Unreachable, Message: "connection refused" } => [Hints.NobodyListens(sender.Endpoint)],
            { Status: SendStatus.Unreachable } => [$"{sender.Endpoint} cannot be reached: {outcome.Message}"],
            { Status: SendStatus.Refused or SendStatus.Denied } => [$"refused: {outcome.Message}"],
            { Rejected: > 0 } => [$"rejected: {outcome.Rejected} items: {outcome.Message}"],
            _ => [],
        });
    }

    private async Task<CheckReport> PollAsync(Reader reader, long acknowledged, CancellationToken cancellationToken)
    {
        while (true)
        {
            var faults = await reader.Read(cancellationToken).ConfigureAwait(false);
            var waited = time.GetElapsedTime(acknowledged);
            if (faults.Count == 0)
                return new CheckReport(reader.Name, Math.Round(waited.TotalMilliseconds, 1), []);
            if (waited >= patience)
                return new CheckReport(reader.Name, null, faults);
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
