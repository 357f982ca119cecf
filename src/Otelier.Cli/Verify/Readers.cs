using System.Text.Json;
using Otelier.Cli.Otlp;
using Otelier.Signals;

namespace Otelier.Cli.Verify;

/// <summary>One way to read, and what it must show.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Read">Reads once and gives the faults seen; none when everything is as written.</param>
internal sealed record Reader(string Name, Func<CancellationToken, Task<List<string>>> Read);

/// <summary>Every way there is to read traces and logs back; metrics are in <see cref="MetricReaders"/>.</summary>
internal sealed class Readers(ApiClient api, VerifyData data)
{
    // Small on purpose: a list that is right over many pages is right.
    private const string PageLimit = "5";

    public IEnumerable<Reader> All() =>
    [
        new("GET /api/v1/traces/{traceId}?format=otlp", TracesAsOtlp),
        new("GET /api/v1/traces/{traceId}", TracesPlain),
        new("GET /api/v1/traces", TraceList),
        new("GET /api/v1/spans", SpanList),
        new("GET /api/v1/spans?status=error", FailedSpans),
        new("GET /api/v1/logs?format=otlp", LogsAsOtlp),
        new("GET /api/v1/logs", LogList),
        new("GET /api/v1/services", Services),
    ];

    private (string, string)[] Mine(params (string, string)[] more) =>
    [
        ("service", VerifyData.Service),
        ($"attr.{VerifyData.RunKey}", data.Run),
        ("start", ApiClient.Time(data.Range.Start)),
        ("end", ApiClient.Time(data.Range.End)),
        .. more,
    ];

    private async Task<List<string>> TracesAsOtlp(CancellationToken cancellationToken)
    {
        var actual = new List<CanonicalItem>();
        foreach (var id in data.TraceIds)
        {
            var answer = await api.GetAsync(ApiClient.Path($"/api/v1/traces/{id}", ("format", "otlp")), cancellationToken).ConfigureAwait(false);
            if (answer.Fault is not null)
                return [answer.Fault];
            actual.AddRange(CanonicalOtlp.Read(answer.Body, Signal.Traces));
        }

        return Comparison.Faults(Canonical.Of(ExportRequest.OfSpans(data.Spans)), actual);
    }

    private async Task<List<string>> TracesPlain(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var id in data.TraceIds)
        {
            var answer = await api.GetAsync($"/api/v1/traces/{id}", cancellationToken).ConfigureAwait(false);
            if (answer.Fault is not null)
                return [answer.Fault];
            var spans = PlainShape.Property(answer.Body, "spans");
            Each(
                spans.ValueKind == JsonValueKind.Array ? [.. spans.EnumerateArray()] : [],
                data.AllSpans.Where(s => Convert.ToHexStringLower(s.TraceId) == id), SpanKey, SpanKey, PlainShape.Span, faults);
        }

        return faults;
    }

    private async Task<List<string>> TraceList(CancellationToken cancellationToken)
    {
        var (items, fault) = await api.GetAllAsync("/api/v1/traces", "traces", Mine(("limit", "2")), cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        var faults = new List<string>();
        Each(items, data.TraceIds, i => PlainShape.AsText(PlainShape.Property(i, "traceId")), id => id, (item, id, faults) =>
        {
            Expect(item, "rootName", "step 0");
            Expect(item, "rootService", VerifyData.Service);
            Expect(item, "spanCount", $"{VerifyData.SpansPerTrace}");
            Expect(item, "errorCount", "1");

            void Expect(JsonElement item, string name, string expected)
            {
                if (PlainShape.AsText(PlainShape.Property(item, name)) is var actual && actual != expected)
                    faults.Add($"different: trace {id}: {name} is '{actual}', was '{expected}'");
            }
        }, faults);
        return faults;
    }

    private Task<List<string>> SpanList(CancellationToken cancellationToken) =>
        SpansAsync(data.AllSpans, Mine(("limit", PageLimit)), cancellationToken);

    private Task<List<string>> FailedSpans(CancellationToken cancellationToken) =>
        SpansAsync(data.AllSpans.Where(s => s.Status == StatusCode.Error), Mine(("status", "error"), ("limit", PageLimit)), cancellationToken);

    private async Task<List<string>> SpansAsync(IEnumerable<Span> expected, (string, string)[] parameters, CancellationToken cancellationToken)
    {
        var (items, fault) = await api.GetAllAsync("/api/v1/spans", "spans", parameters, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        var faults = new List<string>();
        Each(items, expected, SpanKey, SpanKey, PlainShape.Span, faults);
        return faults;
    }

    private async Task<List<string>> LogsAsOtlp(CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(ApiClient.Path("/api/v1/logs", Mine(("limit", "100"), ("format", "otlp"))), cancellationToken)
            .ConfigureAwait(false);
        return answer.Fault is not null
            ? [answer.Fault]
            : Comparison.Faults(Canonical.Of(ExportRequest.OfLogs(data.Logs)), CanonicalOtlp.Read(answer.Body, Signal.Logs));
    }

    private async Task<List<string>> LogList(CancellationToken cancellationToken)
    {
        var (items, fault) = await api.GetAllAsync("/api/v1/logs", "logs", Mine(("limit", PageLimit)), cancellationToken).ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        var faults = new List<string>();
        Each(
            items, data.AllLogs,
            i => PlainShape.AsText(PlainShape.Property(PlainShape.Property(i, "attributes"), VerifyData.ItemKey)),
            l => $"{((AnyValue.Integer)l.Attributes.Find(VerifyData.ItemKey)!).Value}", PlainShape.Log, faults);
        return faults;
    }

    private async Task<List<string>> Services(CancellationToken cancellationToken)
    {
        var (items, fault) = await api.GetAllAsync(
            "/api/v1/services", "services", [("start", ApiClient.Time(data.Range.Start)), ("end", ApiClient.Time(data.Range.End))], cancellationToken)
            .ConfigureAwait(false);
        if (fault is not null)
            return [fault];
        var there = items.Any(i => i.ValueKind == JsonValueKind.String
            ? i.GetString() == VerifyData.Service
            : PlainShape.AsText(PlainShape.Property(i, "name")) == VerifyData.Service
                || PlainShape.AsText(PlainShape.Property(i, "serviceName")) == VerifyData.Service);
        return there ? [] : [$"lost: service {VerifyData.Service}"];
    }

    private static string SpanKey(JsonElement span) => PlainShape.AsText(PlainShape.Property(span, "spanId"));

    private static string SpanKey(Span span) => Convert.ToHexStringLower(span.SpanId);

    /// <summary>Every expected item exactly once and nothing else, each compared with its counterpart.</summary>
    private static void Each<T>(
        IReadOnlyList<JsonElement> actual, IEnumerable<T> expected, Func<JsonElement, string> actualKey, Func<T, string> expectedKey,
        Action<JsonElement, T, List<string>> compare, List<string> faults)
    {
        var left = actual.GroupBy(actualKey).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var item in expected)
        {
            var key = expectedKey(item);
            if (!left.Remove(key, out var found))
                faults.Add($"lost: {key}");
            else if (found.Length > 1)
                faults.Add($"duplicate: {key} is there {found.Length} times");
            else
                compare(found[0], item, faults);
        }

        faults.AddRange(left.Keys.Select(key => $"unexpected: {key}"));
    }
}

/// <summary>What was written, in the form in which it is compared.</summary>
internal static class Canonical
{
    public static List<CanonicalItem> Of(ExportRequest request)
    {
        using var document = JsonDocument.Parse(request.ToJson());
        return CanonicalOtlp.Read(document.RootElement, request.Signal);
    }
}
