using System.Diagnostics.Metrics;
using Otelier.Signals;
using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>What the log and the drains tell of themselves.</summary>
internal sealed class DrainMetrics
{
    private static readonly Signal[] Signals = [Signal.Traces, Signal.Logs, Signal.Metrics];

    private readonly Histogram<double> _seconds;
    private readonly Histogram<long> _rows;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _parked;

    public DrainMetrics(Meter meter, WriteAheadLog log)
    {
        _seconds = meter.CreateHistogram(
            "otelier.drain.insert.duration", "s", "Time from cutting a block to its being durable in the store.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _rows = meter.CreateHistogram(
            "otelier.drain.block.items", "{item}", "Items of a block.", tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 10, 100, 1_000, 10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000] });
        _failures = meter.CreateCounter<long>("otelier.drain.failures", "{attempt}", "Attempts to write a block that the store refused.");
        _parked = meter.CreateCounter<long>("otelier.drain.parked_items", "{item}", "Items of blocks that were set aside because the store refused them for what they hold.");
        meter.CreateObservableGauge(
            "otelier.drain.parked.blocks", () => Signals.Select(signal => Of(signal, log.Parked.All.Count(block => block.Cut.Signal == signal))), "{block}", "Blocks set aside.");
        meter.CreateObservableGauge(
            "otelier.drain.parked.size", () => Signals.Select(signal => Of(signal, log.Parked.All.Where(block => block.Cut.Signal == signal).Sum(block => block.Bytes))), "By", "Bytes of blocks set aside.");
        meter.CreateObservableGauge("otelier.log.size", () => log.Statistics.BytesOnDisk, "By", "Bytes of the write-ahead log on disk.");
        meter.CreateObservableCounter("otelier.log.appended", () => log.Statistics.RecordsAppended, "{record}", "Requests appended to the write-ahead log.");
        meter.CreateObservableCounter("otelier.log.fsyncs", () => log.Statistics.FsyncCount, "{call}", "Calls of fsync on the write-ahead log.");
        meter.CreateObservableCounter("otelier.log.fsync.time", () => log.Statistics.FsyncSeconds, "s", "Time spent in fsync of the write-ahead log.");
        meter.CreateObservableCounter("otelier.log.refused", () => log.Statistics.RefusedRecords, "{record}", "Requests the log did not take: full, disk nearly full, too much waiting.");
        meter.CreateObservableCounter("otelier.log.quarantined", () => log.Statistics.QuarantinedBytes, "By", "Damaged bytes of the log that were set aside.");
        meter.CreateObservableGauge("otelier.log.memory", () => log.Statistics.MemoryBytes, "By", "Decoded batches in memory between log and drain.");
        meter.CreateObservableCounter("otelier.log.spilled", () => log.Statistics.SpilledRecords, "{record}", "Records whose batch did not fit in memory and is read back from the log.");
        meter.CreateObservableGauge("otelier.drain.lag.records", () => Signals.Select(signal => Of(signal, log.LagOf(signal).Records)), "{record}", "Requests in the log that are not in the store yet.");
        meter.CreateObservableGauge("otelier.drain.lag.size", () => Signals.Select(signal => Of(signal, log.LagOf(signal).Bytes)), "By", "Bytes in the log that are not in the store yet.");
    }

    public void Written(Signal signal, int rows, TimeSpan elapsed)
    {
        _seconds.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("signal", NameOf(signal)));
        _rows.Record(rows, new KeyValuePair<string, object?>("signal", NameOf(signal)));
    }

    public void Parked(Signal signal, int rows) => _parked.Add(rows, new KeyValuePair<string, object?>("signal", NameOf(signal)));

    public void Failed(Signal signal) => _failures.Add(1, new KeyValuePair<string, object?>("signal", NameOf(signal)));

    private static Measurement<long> Of(Signal signal, long value) => new(value, new KeyValuePair<string, object?>("signal", NameOf(signal)));

    private static string NameOf(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Logs => "logs",
        _ => "metrics",
    };
}
