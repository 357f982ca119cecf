using System.Diagnostics.Metrics;
using System.Text.Json;
using Otelier.Signals;
using Otelier.Signals.Otlp;

namespace Otelier.Server.Ingest;

/// <summary>What ingest counts. Every label has a closed set of values.</summary>
internal sealed class IngestMetrics
{
    private static readonly InstrumentAdvice<double> RequestSeconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    // Snake case, made once per reason.
    private static readonly string[] ReasonNames =
        [.. Enum.GetValues<DecodeError>().Select(reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()))];

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _requestDuration;
    private readonly Counter<long> _bodyBytes;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _quarantined;

    public IngestMetrics(Meter meter, InFlightBytes inFlight)
    {
        _requests = meter.CreateCounter<long>("otelier.otlp.requests", "{request}", "OTLP requests by transport, signal and outcome.");
        _requestDuration = meter.CreateHistogram(
            "otelier.otlp.request.duration", "s", "Time from the headers of an OTLP request to its answer.", tags: null, RequestSeconds);
        _bodyBytes = meter.CreateCounter<long>("otelier.otlp.body", "By", "Bytes of OTLP messages, as received and decompressed.");
        _accepted = meter.CreateCounter<long>("otelier.ingest.accepted_items", "{item}", "Items acknowledged.");
        _rejected = meter.CreateCounter<long>("otelier.ingest.rejected_items", "{item}", "Items rejected, by reason.");
        _quarantined = meter.CreateCounter<long>(
            "otelier.ingest.quarantined_items", "{item}", "Items acknowledged whose time is before 2000 or more than 7 days ahead; they share a partition.");
        meter.CreateObservableGauge("otelier.otlp.in_flight", () => inFlight.Taken, "By", "Memory of OTLP messages that are being received.");
    }

    public void RequestDone(OtlpTransport transport, Signal? signal, string outcome, TimeSpan elapsed)
    {
        var (transportName, signalName) = (transport == OtlpTransport.Http ? "http" : "grpc", NameOf(signal));
        _requests.Add(1, new("transport", transportName), new("signal", signalName), new("outcome", outcome));
        _requestDuration.Record(elapsed.TotalSeconds, new("transport", transportName), new("signal", signalName));
    }

    public void BodyRead(OtlpTransport transport, Signal signal, long received, long decompressed)
    {
        var (transportName, signalName) = (transport == OtlpTransport.Http ? "http" : "grpc", NameOf(signal));
        _bodyBytes.Add(received, new("transport", transportName), new("signal", signalName), new("state", "received"));
        _bodyBytes.Add(decompressed, new("transport", transportName), new("signal", signalName), new("state", "decompressed"));
    }

    /// <summary>Counts items that are durable.</summary>
    public void Accepted(Signal signal, long items) => _accepted.Add(items, new KeyValuePair<string, object?>("signal", NameOf(signal)));

    /// <summary>Counts items among those accepted whose time is not to be believed.</summary>
    public void Quarantined(Signal signal, long items) => _quarantined.Add(items, new KeyValuePair<string, object?>("signal", NameOf(signal)));

    /// <summary>Counts items that were refused for <paramref name="reason"/>.</summary>
    public void Rejected(Signal signal, DecodeError reason, long items) =>
        _rejected.Add(items, new("signal", NameOf(signal)), new("reason", NameOf(reason)));

    private static string NameOf(Signal? signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Logs => "logs",
        Signal.Metrics => "metrics",
        _ => "none",
    };

    private static string NameOf(DecodeError reason) => ReasonNames[(int)reason];
}
