using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Otelier.Server.SelfTelemetry;

/// <summary>
/// Holds the current value of every instrument of one <see cref="Meter"/>, and of the runtime's own, and writes them in
/// the Prometheus text format. Whoever wants to count something creates an instrument on the meter.
/// </summary>
internal sealed class MetricsRegistry : IDisposable
{
    /// <summary>The name of Otelier's meter and activity source.</summary>
    public const string MeterName = "Otelier";

    /// <summary>Processor, memory, garbage collector and thread pool, counted by the runtime.</summary>
    public const string RuntimeMeterName = "System.Runtime";

    /// <summary>The content type of <see cref="Write"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _scrape = new();
    private readonly Meter _meter;

    private MetricsRegistry(Meter meter) => _meter = meter;

    public static MetricsRegistry Start(Meter meter)
    {
        var registry = new MetricsRegistry(meter);
        registry.Listen();
        return registry;
    }

    /// <summary>All series, in a stable order.</summary>
    public string Write()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values)
                family.BeginObservation();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder(16 * 1024);
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.WriteTo(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _meter) || instrument.Meter.Name == RuntimeMeterName)
                listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    private MetricFamily FamilyOf(Instrument instrument)
    {
        var family = MetricFamily.Of(instrument);
        var kept = _families.GetOrAdd(family.Name, family);
        if (kept.Kind != family.Kind)
            throw new InvalidOperationException($"Two instruments of different kinds are called {family.Name}.");
        return kept;
    }
}
