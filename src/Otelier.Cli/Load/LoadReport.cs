using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace Otelier.Cli.Load;

internal sealed record LatencyReport(double Mean, double P50, double P95, double P99, double Max);

internal sealed record StatusCount(string Status, long Count);

/// <summary>The figures of one run, as printed with <c>--json</c>.</summary>
internal sealed record LoadReport
{
    public required string Signal { get; init; }
    public required string Protocol { get; init; }
    public required string Compression { get; init; }
    public required int Connections { get; init; }
    public required int Batch { get; init; }

    /// <summary>Items per second asked for; 0 is as fast as possible.</summary>
    public required int TargetRate { get; init; }
    public required double Seconds { get; init; }
    public required long Requests { get; init; }
    public required long AcknowledgedItems { get; init; }
    public required long RejectedItems { get; init; }

    /// <summary>Items of requests that were refused or never answered.</summary>
    public required long FailedItems { get; init; }
    public required double ItemsPerSecond { get; init; }

    /// <summary>OTLP bytes acknowledged per second, before compression.</summary>
    public required double BytesPerSecond { get; init; }
    public required double WireBytesPerSecond { get; init; }
    public required double BytesPerItem { get; init; }
    public required LatencyReport LatencyMillis { get; init; }
    public required IReadOnlyList<StatusCount> Statuses { get; init; }

    /// <summary>Processor time of the generator per second.</summary>
    public required double GeneratorCores { get; init; }
    public required double BehindScheduleSeconds { get; init; }

    /// <summary>Whether ids and timestamps repeat (gzip), so that storage figures mean nothing.</summary>
    public required bool Replayed { get; init; }

    /// <summary>Which attribute otelier.load.run numbered items carry.</summary>
    public string? RunId { get; init; }

    public static LoadReport Of(LoadOptions options, LoadResult result)
    {
        var tally = result.Tally;
        var seconds = result.Elapsed.TotalSeconds;
        var latency = tally.Latency;
        return new LoadReport
        {
            Signal = options.Signal.ToString().ToLowerInvariant(),
            Protocol = options.Protocol.ToString().ToLowerInvariant(),
            Compression = options.Gzip ? "gzip" : "none",
            Connections = options.Connections,
            Batch = options.Batch,
            TargetRate = options.Rate,
            Seconds = Round(seconds),
            Requests = tally.Requests,
            AcknowledgedItems = tally.Acknowledged,
            RejectedItems = tally.Rejected,
            FailedItems = tally.Failed,
            ItemsPerSecond = Round(tally.Acknowledged / seconds),
            BytesPerSecond = Round(tally.BodyBytes / seconds),
            WireBytesPerSecond = Round(tally.WireBytes / seconds),
            BytesPerItem = Round(tally.BodyBytes / (double)Math.Max(1, tally.Acknowledged + tally.Rejected)),
            LatencyMillis = new LatencyReport(
                Round(latency.MeanMillis),
                Round(latency.QuantileMillis(0.50)),
                Round(latency.QuantileMillis(0.95)),
                Round(latency.QuantileMillis(0.99)),
                Round(latency.MaxMillis)),
            Statuses = [.. tally.Answers.OrderBy(a => a.Key).Select(a => new StatusCount(Name(options, a.Key), a.Value))],
            GeneratorCores = Round(result.Cpu.TotalSeconds / seconds),
            BehindScheduleSeconds = Round(result.Behind.TotalSeconds),
            Replayed = options.Gzip,
            RunId = options.Numbered ? options.RunId.ToString("x16", CultureInfo.InvariantCulture) : null,
        };
    }

    public void WriteText(TextWriter output, string itemsName)
    {
        var l = LatencyMillis;
        output.WriteLine(Line($"acknowledged  {AcknowledgedItems:N0} {itemsName} in {Seconds:0.0} s: {ItemsPerSecond:N0}/s"));
        output.WriteLine(Line($"bytes         {BytesPerSecond / 1e6:N1} MB/s OTLP, {BytesPerItem:0} per item, {WireBytesPerSecond / 1e6:N1} MB/s sent"));
        output.WriteLine(Line($"requests      {Requests:N0} ({string.Join(", ", Statuses.Select(s => $"{s.Status}: {s.Count:N0}"))})"));
        output.WriteLine(Line($"ack latency   p50 {l.P50:0.00} ms, p95 {l.P95:0.00}, p99 {l.P99:0.00}, max {l.Max:0.00}"));
        output.WriteLine(Line($"generator     {GeneratorCores:0.00} cores"));
        if (RejectedItems > 0)
            output.WriteLine(Line($"rejected      {RejectedItems:N0} items by partial success"));
        if (FailedItems > 0)
            output.WriteLine(Line($"failed        {FailedItems:N0} items in requests refused or not answered"));
        if (BehindScheduleSeconds > 1)
            output.WriteLine(Line($"behind        up to {BehindScheduleSeconds:0.0} s late: the rate of {TargetRate:N0}/s was not reached"));
        if (Replayed)
            output.WriteLine("replayed      compressed requests repeat: take no storage figures from this run");
        if (RunId is not null)
            output.WriteLine($"run           {RunId}");
    }

    private static string Name(LoadOptions options, (LoadAnswerKind Kind, int Code) answer) => answer.Kind == LoadAnswerKind.Broken
        ? ((SocketError)answer.Code).ToString()
        : $"{(options.Protocol == LoadProtocol.Grpc ? "gRPC" : "HTTP")} {answer.Code.ToString(CultureInfo.InvariantCulture)}";

    private static double Round(double value) => Math.Round(value, 3);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class LoadJson : JsonSerializerContext;
