using Otelier.Benchmarks.Decode;
using Otelier.Benchmarks.EndToEnd;
using Otelier.Benchmarks.Queries;
using Otelier.Signals;

namespace Otelier.Benchmarks;

/// <summary>All cases, in the order of the table.</summary>
internal static class BenchCases
{
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new("decode", "requests to Native blocks on one core, against generated protobuf classes", DecodeCase.RunAsync),
        new("e2e-traces", "spans from the generator to the store, against the engine alone", new EndToEndCase(Signal.Traces, "spans", 250_000).RunAsync),
        new("e2e-logs", "log records, likewise", new EndToEndCase(Signal.Logs, "logs", 300_000).RunAsync),
        new("e2e-metrics", "data points of 100,000 series, likewise", new EndToEndCase(Signal.Metrics, "points", 1_000_000).RunAsync),
        new("e2e-grpc", "spans over gRPC, against plain HTTP", TransportCase.GrpcAsync),
        new("e2e-gzip", "spans compressed with gzip, against plain HTTP", TransportCase.GzipAsync),
        new("low-load", "25,000 spans/s: acknowledgement, and time until queryable", LowLoadCase.LowLoadAsync),
        new("busy-queries", "acknowledgement at 25,000 spans/s while 50 clients ask heavy questions", BusyQueriesCase.RunAsync),
        new("idle", "CPU and memory two minutes after a burst", LowLoadCase.IdleAsync),
        new("queries", "reading 10 million spans through REST, and bytes on disk", QueryCase.RunAsync),
        new("search", "searching 10 million spans and 10 million logs of a day through REST", SearchCase.RunAsync),
        new("log-index", "what each index of log bodies costs", LogIndexCase.RunAsync),
    ];
}
