using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Otelier.Cli.Load;
using Otelier.Signals;

namespace Otelier.Benchmarks.Processes;

/// <summary>What the load generator is asked to do.</summary>
/// <param name="Signal">What it sends.</param>
internal sealed record LoadOrder(Signal Signal)
{
    public bool Grpc { get; init; }

    public bool Gzip { get; init; }

    public int Connections { get; init; } = 8;

    public int Batch { get; init; } = 1000;

    /// <summary>Items per second; 0 is as fast as they are acknowledged.</summary>
    public int Rate { get; init; }

    /// <summary>Stop after so many; 0 is no such limit.</summary>
    public long Items { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>With <see cref="Items"/>: timestamps run from this long ago to now.</summary>
    public TimeSpan Spread { get; init; }

    /// <summary>Tells the attributes and ids of one run from those of another.</summary>
    public int Seed { get; init; } = 1;

    public IEnumerable<string> Arguments(ServerProcess server)
    {
        static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###}s");
        static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
        string[] always =
        [
            "load", "--json", "--signal", Signal.ToString().ToLowerInvariant(), "--protocol", Grpc ? "grpc" : "http",
            "--endpoint", (Grpc ? server.OtlpGrpc : server.OtlpHttp).GetLeftPart(UriPartial.Authority), "--compression", Gzip ? "gzip" : "none",
            "--connections", Number(Connections), "--batch", Number(Batch), "--duration", Seconds(Duration), "--seed", Number(Seed),
        ];
        return
        [
            .. always,
            .. Rate > 0 ? ["--rate", Number(Rate)] : Array.Empty<string>(),
            .. Items > 0 ? ["--items", Number(Items)] : Array.Empty<string>(),
            .. Spread > TimeSpan.Zero ? ["--spread", Seconds(Spread)] : Array.Empty<string>(),
        ];
    }
}

/// <summary><c>otelier load</c> as a process of its own.</summary>
internal static class LoadProcess
{
    /// <summary>Sends what <paramref name="order"/> says; returns as soon as the last answer is in.</summary>
    /// <exception cref="InvalidOperationException">Something was rejected or lost: the figures would mean nothing.</exception>
    public static async Task<LoadReport> RunAsync(BenchContext context, ServerProcess server, LoadOrder order, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Programs.StartOf(context.Programs.Cli, order.Arguments(server)))!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var json = new StringBuilder();
            // The report's last line comes right after the last answer; the process ends only later.
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                json.AppendLine(line);
                if (line == "}")
                    break;
            }

            if (json.Length == 0)
                throw new InvalidOperationException($"The load generator failed: {await error}");
            var report = JsonSerializer.Deserialize(json.ToString(), LoadJson.Default.LoadReport)!;
            // Being told to come back later is part of the load; everything else makes the figures meaningless.
            if (report.RejectedItems > 0 || report.Statuses.Any(status => !IsExpected(status.Status)))
            {
                var statuses = string.Join(", ", report.Statuses.Select(status => $"{status.Status}: {status.Count}"));
                throw new InvalidOperationException($"{report.RejectedItems} items were rejected and {report.FailedItems} failed ({statuses}).");
            }

            return report;
        }
        finally
        {
            if (!process.HasExited && cancellationToken.IsCancellationRequested)
                process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static bool IsExpected(string status) => status is "HTTP 200" or "HTTP 429" or "HTTP 503" or "gRPC 0" or "gRPC 8" or "gRPC 14";
}
