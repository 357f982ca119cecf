using System.Globalization;
using System.Text.Json;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Stats;

/// <summary>The server's own figures as the API shows them.</summary>
internal static class StatsJson
{
    private const double NanosPerSecond = 1e9;

    public static void WriteQueries(Utf8JsonWriter json, QueryNumbers queries)
    {
        json.WriteStartObject();
        json.WriteStartObject("queries");
        json.WriteNumber("count", queries.Count);
        json.WriteNumber("failures", queries.Failures);
        json.WriteNumber("timeouts", queries.Timeouts);
        json.WriteNumber("cancelled", queries.Cancelled);
        json.WriteNumber("refused", queries.Refused);
        json.WriteNumber("active", queries.Active);
        json.WriteNumber("waiting", queries.Waiting);
        json.WriteNumber("durationAverageNanos", Math.Round(queries.Recent.DurationAverageSeconds * NanosPerSecond));
        json.WriteNumber("durationP95Nanos", Math.Round(queries.Recent.DurationP95Seconds * NanosPerSecond));
        json.WriteNumber("rowsReadPerSecond", Math.Round(queries.Recent.RowsReadPerSecond));
        json.WriteNumber("bytesReadPerSecond", Math.Round(queries.Recent.BytesReadPerSecond));
        json.WriteNumber("rowsRead", queries.RowsRead);
        json.WriteNumber("bytesRead", queries.BytesRead);
        json.WriteEndObject();
        json.WriteString("sinceUnixNano", queries.SinceUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    public static void WriteTables(Utf8JsonWriter json, IReadOnlyList<TableNumbers> partitions)
    {
        json.WriteStartObject();
        json.WriteStartArray("tables");
        foreach (var table in partitions.GroupBy(partition => partition.Table))
            WriteTable(json, table.Key, new TableSums(table));
        json.WriteEndArray();
        json.WriteStartArray("days");
        foreach (var partition in partitions)
        {
            if (partition.Day is not { } day)
                continue;
            json.WriteStartObject();
            json.WriteString("table", partition.Table);
            json.WriteString("day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteNumber("rowCount", partition.Rows);
            json.WriteNumber("compressedBytes", partition.CompressedBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("signals");
        foreach (var signal in partitions.GroupBy(partition => TableSums.SignalOf(partition.Table)))
        {
            json.WriteStartObject();
            json.WriteString("signal", signal.Key);
            WriteSums(json, new TableSums(signal));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteIngest(Utf8JsonWriter json, IngestHistory history, LogStatus log)
    {
        var samples = history.Samples();
        var totals = history.Totals();
        json.WriteStartObject();
        json.WriteStartArray("signals");
        for (var signal = 0; signal < IngestHistory.Signals.Count; signal++)
        {
            json.WriteStartObject();
            json.WriteString("signal", IngestHistory.Signals[signal]);
            json.WriteNumber("acceptedTotal", totals[signal].Accepted);
            json.WriteNumber("rejectedTotal", totals[signal].Rejected);
            json.WriteNumber("quarantinedTotal", totals[signal].Quarantined);
            json.WriteNumber("bytesTotal", totals[signal].Bytes);
            var now = samples.Count == 0 ? 0 : samples[^1].PerSecondSince(samples[Math.Max(0, samples.Count - 1 - IngestHistory.StepsOfNow)], signal);
            json.WriteNumber("itemsPerSecond", now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("log");
        json.WriteNumber("bytes", log.Bytes);
        json.WriteNumber("bytesMax", log.BytesMax);
        json.WriteNumber("lagBytes", log.LagBytes);
        json.WriteNumber("lagSeconds", log.LagSeconds);
        json.WriteEndObject();
        json.WriteNumber("stepNanos", IngestHistory.Step.TotalSeconds * NanosPerSecond);
        json.WriteStartArray("series");
        for (var signal = 0; signal < IngestHistory.Signals.Count; signal++)
            WriteSeries(json, signal, samples);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, int signal, IReadOnlyList<IngestHistory.Sample> samples)
    {
        json.WriteStartObject();
        json.WriteString("signal", IngestHistory.Signals[signal]);
        json.WriteStartArray("points");
        for (var i = 1; i < samples.Count; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(samples[i - 1].Time.ToUnixTimeMilliseconds());
            json.WriteNumberValue(samples[i].PerSecondSince(samples[i - 1], signal));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter json, string name, TableSums sums)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("signal", TableSums.SignalOf(name));
        WriteSums(json, sums);
        WriteSeconds(json, "oldestUnixNano", sums.OldestUnixSeconds);
        WriteSeconds(json, "newestUnixNano", sums.NewestUnixSeconds);
        json.WriteEndObject();
    }

    private static void WriteSums(Utf8JsonWriter json, TableSums sums)
    {
        json.WriteNumber("rowCount", sums.Rows);
        json.WriteNumber("compressedBytes", sums.CompressedBytes);
        json.WriteNumber("uncompressedBytes", sums.UncompressedBytes);
        json.WriteNumber("compressionRatio", Math.Round(sums.CompressionRatio, 2));
        json.WriteNumber("partCount", sums.Parts);
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, ulong? unixSeconds)
    {
        if (unixSeconds is { } seconds)
            json.WriteString(name, (seconds * (ulong)NanosPerSecond).ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>How the write-ahead log is.</summary>
/// <param name="Bytes">Its size on disk in bytes.</param>
/// <param name="BytesMax">The size at which senders are told to wait, in bytes.</param>
/// <param name="LagBytes">Bytes that are not in the store yet.</param>
/// <param name="LagSeconds">Age of the oldest request that is not in the store yet, in seconds.</param>
internal readonly record struct LogStatus(long Bytes, long BytesMax, long LagBytes, double LagSeconds)
{
    public static LogStatus Of(WriteAheadLog log, LogOptions options, TimeProvider time)
    {
        LogLag[] lags = [log.LagOf(Signals.Signal.Traces), log.LagOf(Signals.Signal.Logs), log.LagOf(Signals.Signal.Metrics)];
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var oldest = lags.Min(lag => lag.Records == 0 ? null : lag.OldestReceivedUnixNano);
        return new LogStatus(
            log.Statistics.BytesOnDisk,
            options.LogBytesMax,
            lags.Sum(lag => lag.Bytes),
            oldest is { } received ? Math.Max(0, now - received) / 1e9 : 0);
    }
}
