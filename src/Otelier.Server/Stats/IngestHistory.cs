using System.Diagnostics.Metrics;

namespace Otelier.Server.Stats;

/// <summary>
/// Counts what comes in by listening to the instruments that <c>/metrics</c> shows, and remembers the last quarter of an hour. Thread-safe.
/// </summary>
internal sealed class IngestHistory : BackgroundService
{
    /// <summary>The signals, by the words the instruments use.</summary>
    public static readonly IReadOnlyList<string> Signals = ["traces", "logs", "metrics"];

    /// <summary>Steps remembered: 15 minutes.</summary>
    public const int StepsMax = 90;

    /// <summary>The steps that make up the rate of now: a minute.</summary>
    public const int StepsOfNow = 6;

    private const string Accepted = "otelier.ingest.accepted_items";
    private const string Rejected = "otelier.ingest.rejected_items";
    private const string Quarantined = "otelier.ingest.quarantined_items";
    private const string BodyBytes = "otelier.otlp.body";

    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();
    private readonly SignalCounts[] _counts = [.. Signals.Select(_ => new SignalCounts())];
    private readonly Lock _gate = new();

    /// <summary>Totals at the end of each step, the oldest first, one more than there are steps.</summary>
    private readonly Queue<Sample> _samples = new();

    public IngestHistory(Meter meter, TimeProvider time)
    {
        _time = time;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name is Accepted or Rejected or Quarantined or BodyBytes)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
    }

    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What came in since the start, by <see cref="Signals"/>.</summary>
    public IReadOnlyList<SignalTotals> Totals() => [.. _counts.Select(count => count.Totals)];

    /// <summary>The totals at the ends of the steps, the oldest first.</summary>
    public IReadOnlyList<Sample> Samples()
    {
        lock (_gate)
            return [.. _samples];
    }

    /// <summary>Listens before anything is let in, so that nothing is missed.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        Take();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Step, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Take();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private void Take()
    {
        var sample = new Sample(_time.GetUtcNow(), [.. _counts.Select(count => count.Totals.Accepted)]);
        lock (_gate)
        {
            _samples.Enqueue(sample);
            if (_samples.Count > StepsMax + 1)
                _samples.Dequeue();
        }
    }

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var signal = -1;
        var isReceived = true;
        foreach (var (name, tag) in tags)
        {
            if (name == "signal")
                signal = IndexOf(tag as string);
            else if (name == "state")
                isReceived = tag as string == "received";
        }

        if (signal < 0)
            return;
        if (instrument.Name == Accepted)
            _counts[signal].AddAccepted(value);
        else if (instrument.Name == Rejected)
            _counts[signal].AddRejected(value);
        else if (instrument.Name == Quarantined)
            _counts[signal].AddQuarantined(value);
        else if (isReceived)
            _counts[signal].AddBytes(value);
    }

    private static int IndexOf(string? word)
    {
        for (var i = 0; i < Signals.Count; i++)
        {
            if (Signals[i] == word)
                return i;
        }

        return -1;
    }

    /// <summary>The totals at one moment.</summary>
    /// <param name="Time">When.</param>
    /// <param name="Accepted">Accepted items since the start, by <see cref="Signals"/>.</param>
    internal sealed record Sample(DateTimeOffset Time, IReadOnlyList<long> Accepted)
    {
        /// <summary>Accepted items per second since an earlier sample.</summary>
        public double PerSecondSince(Sample earlier, int signal)
        {
            var seconds = (Time - earlier.Time).TotalSeconds;
            return seconds <= 0 ? 0 : (Accepted[signal] - earlier.Accepted[signal]) / seconds;
        }
    }

    private sealed class SignalCounts
    {
        private long _accepted;
        private long _rejected;
        private long _quarantined;
        private long _bytes;

        public SignalTotals Totals =>
            new(Interlocked.Read(ref _accepted), Interlocked.Read(ref _rejected), Interlocked.Read(ref _quarantined), Interlocked.Read(ref _bytes));

        public void AddAccepted(long items) => Interlocked.Add(ref _accepted, items);

        public void AddRejected(long items) => Interlocked.Add(ref _rejected, items);

        public void AddQuarantined(long items) => Interlocked.Add(ref _quarantined, items);

        public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);
    }
}

/// <summary>What came in of one signal since the start.</summary>
/// <param name="Accepted">Items acknowledged.</param>
/// <param name="Rejected">Items rejected.</param>
/// <param name="Quarantined">Items acknowledged whose time is before 2000 or more than 7 days ahead.</param>
/// <param name="Bytes">Bytes of requests as received.</param>
internal readonly record struct SignalTotals(long Accepted, long Rejected, long Quarantined, long Bytes);
