using System.Diagnostics.Metrics;
using Otelier.Storage;

namespace Otelier.Server.Ingest;

/// <summary>Asks the engine now and then how it is, and tells /metrics.</summary>
internal sealed class EngineMetrics : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly EngineStatus _status;
    private readonly TimeProvider _time;
    private readonly Counter<long> _failures;
    private EngineNumbers _last = new(0, 0, 0, 0, 0);

    public EngineMetrics(Meter meter, EngineStatus status, TimeProvider time)
    {
        _status = status;
        _time = time;
        _failures = meter.CreateCounter<long>("otelier.engine.status_failures", "{attempt}", "Times the engine did not say how it is.");
        meter.CreateObservableCounter("otelier.queries", () => status.Queries.Count, "{query}", "Queries of the readers.");
        meter.CreateObservableCounter("otelier.query.failures", () => status.Queries.Failures, "{query}", "Queries that failed, limits included.");
        meter.CreateObservableCounter("otelier.query.time", () => status.Queries.Seconds, "s", "Time queries took, from the statement to the last row read.");
        meter.CreateObservableGauge("otelier.query.active", () => status.Queries.Active, "{query}", "Queries under way.");
        meter.CreateObservableGauge("otelier.engine.memory", () => _last.MemoryBytes, "By", "Memory the engine tracks as its own.");
        meter.CreateObservableGauge("otelier.engine.parts", () => _last.Parts, "{part}", "Active parts of all tables.");
        meter.CreateObservableGauge("otelier.engine.rows", () => _last.Rows, "{row}", "Rows in all tables.");
        meter.CreateObservableGauge("otelier.engine.disk", () => _last.BytesOnDisk, "By", "Bytes of all tables on disk.");
        meter.CreateObservableGauge("otelier.engine.merges", () => _last.Merges, "{merge}", "Merges under way.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            do
            {
                try
                {
                    _last = await _status.GetAsync(stoppingToken);
                }
                catch (StoreException)
                {
                    _failures.Add(1);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }
}
