using Otelier.Signals;
using Otelier.Signals.Logs;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage.Tests.Engine;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class RoundTripTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EngineKind.Memory)]
    [InlineData(EngineKind.Disk)]
    public async Task Spans_come_back_as_the_same_OTLP(EngineKind kind)
    {
        await using var engine = await ReadEngine.OpenAsync(kind);
        var sent = new List<string>();
        var random = new RandomOtlp(seed: 17, new RandomOtlpOptions { TimeUnixNano = ReadEngine.Now - 3_600_000_000_000 });
        for (var i = 0; i < 60; i++)
        {
            var request = random.Next(OtlpSchema.ExportTraceServiceRequest);
            sent.AddRange(OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, request));
            if (OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, request).Count > 0)
                await engine.InsertSpansAsync(request);
        }

        var query = new SpanQuery(TenantId.Default, ReadEngine.Everything, null, 37);
        var spans = await ReadEngine.AllPagesAsync(after => engine.Spans.FindSpansAsync(query with { After = after }, Stop));
        var output = new ProtoWriter();
        OtlpSpanEncoder.Write(spans, output);

        sent.Sort(StringComparer.Ordinal);
        Assert.NotEmpty(sent);
        Assert.Equal(sent, OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, output.WrittenSpan));
        foreach (var span in spans.Take(20))
            Assert.Contains(await engine.GetTraceAsync(query, span.TraceId), read => read.SpanId == span.SpanId);
    }

    [Theory]
    [InlineData(EngineKind.Memory)]
    [InlineData(EngineKind.Disk)]
    public async Task Log_records_come_back_as_the_same_OTLP(EngineKind kind)
    {
        await using var engine = await ReadEngine.OpenAsync(kind);
        var sent = new List<string>();
        var random = new RandomOtlp(seed: 18, new RandomOtlpOptions { TimeUnixNano = ReadEngine.Now - 3_600_000_000_000 });
        for (var i = 0; i < 60; i++)
        {
            var request = random.Next(OtlpSchema.ExportLogsServiceRequest);
            sent.AddRange(OtlpCanonical.Items(OtlpSchema.ExportLogsServiceRequest, request));
            if (OtlpCanonical.Items(OtlpSchema.ExportLogsServiceRequest, request).Count > 0)
                await engine.InsertLogsAsync(request);
        }

        var query = new LogQuery(TenantId.Default, ReadEngine.Everything, null, 37);
        var records = await ReadEngine.AllPagesAsync(after => engine.Logs.FindLogsAsync(query with { After = after }, Stop));
        var output = new ProtoWriter();
        OtlpLogEncoder.Write(records, output);

        sent.Sort(StringComparer.Ordinal);
        Assert.NotEmpty(sent);
        Assert.Equal(sent, OtlpCanonical.Items(OtlpSchema.ExportLogsServiceRequest, output.WrittenSpan));
    }
}
