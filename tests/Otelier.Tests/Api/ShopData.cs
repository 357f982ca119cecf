using Otelier.Cli.Demo;
using Otelier.Cli.Otlp;

namespace Otelier.Tests.Api;

/// <summary>Telemetry for the API's tests: the demo's shop, and items made one by one. Times end before <see cref="ApiServer.Now"/>.</summary>
internal static class ShopData
{
    private const ulong Second = 1_000_000_000;

    private static readonly Scope Scope = new("tests", "1");

    /// <summary>Plays the demo for ten minutes up to now, the faulty payment version being rolled out after five.</summary>
    internal static async Task PlayDemoAsync(ApiServer server)
    {
        const ulong Minute = 60 * Second;
        var start = ApiServer.Now - (10 * Minute);
        var happenings = new ShopSimulation(1, start, start + (5 * Minute), 10).PlayUntil(ApiServer.Now);
        foreach (var request in ShopRequests.Of(happenings))
        {
            if (request.Signal == Signals.Signal.Traces)
                await server.InsertSpansAsync(request.ToProtobuf().ToArray());
            else if (request.Signal == Signals.Signal.Logs)
                await server.InsertLogsAsync(request.ToProtobuf().ToArray());
        }
    }

    internal static Task InsertAsync(ApiServer server, string service, params Span[] spans) => server.InsertSpansAsync(
        ExportRequest.OfSpans([Group(new AttributeList { { "service.name", service } }, spans)]).ToProtobuf().ToArray());

    internal static Task InsertAsync(ApiServer server, AttributeList resource, params LogRecord[] records) =>
        server.InsertLogsAsync(ExportRequest.OfLogs([Group(resource, records)]).ToProtobuf().ToArray());

    internal static Span Span(int number, ulong durationNanos, AttributeList? attributes = null, StatusCode status = StatusCode.Unset, ulong secondsAgo = 60) =>
        new(Id(number, 16), Id(number, 8), [], "work", SpanKind.Server)
        {
            StartNanos = ApiServer.Now - (secondsAgo * Second),
            EndNanos = ApiServer.Now - (secondsAgo * Second) + durationNanos,
            Attributes = attributes ?? [],
            Status = status,
        };

    internal static LogRecord Log(ulong timeNanos, string body, int severity = 9, AttributeList? attributes = null) =>
        new(timeNanos, severity, "", (AnyValue)body) { Attributes = attributes ?? [] };

    private static ResourceGroup<T> Group<T>(AttributeList resource, T[] items) => new(new Resource(resource), [new ScopeGroup<T>(Scope, items)]);

    private static byte[] Id(int number, int size)
    {
        var id = new byte[size];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(size - 4), number);
        return id;
    }
}
