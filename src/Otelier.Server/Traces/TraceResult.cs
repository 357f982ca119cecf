using System.Runtime.CompilerServices;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Storage;

namespace Otelier.Server.Traces;

/// <summary>
/// One trace, sent while it is read: <c>{traceId, startTimeUnixNano, spans, durationNanos, warnings}</c>, or OTLP. When the store fails
/// midway the connection is broken off, so that nobody takes a part for the whole.
/// </summary>
/// <param name="spans">Standing on the first span; disposed of here.</param>
/// <param name="isOtlp">Whether to answer in OTLP.</param>
internal sealed class TraceResult(IAsyncEnumerator<Span> spans, bool isOtlp) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var reading = spans;
        try
        {
            if (isOtlp)
                await new OtlpResult(OtlpSchema.ExportTraceServiceRequest, EncodeAsync(httpContext.RequestAborted)).ExecuteAsync(httpContext);
            else
                await WriteJsonAsync(httpContext);
        }
        catch (StoreException) when (httpContext.Response.HasStarted)
        {
            httpContext.Abort();
        }
    }

    private async Task WriteJsonAsync(HttpContext context)
    {
        context.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, ApiJson.Options);
        var start = spans.Current.StartTimeUnixNano;
        var end = start;
        var count = 0;
        SpanJson.BeginTrace(json, spans.Current);
        do
        {
            if (++count > TraceLimits.SpansMax)
                break;
            end = Math.Max(end, spans.Current.EndTimeUnixNano);
            SpanJson.Write(json, spans.Current);
            await json.FlushWhenLargeAsync(context);
        }
        while (await spans.MoveNextAsync());

        json.WriteEndArray();
        json.WriteNumber("durationNanos", end - start);
        json.WriteWarnings(count > TraceLimits.SpansMax ? [new Warning(Warning.Capped, $"The trace has more than {TraceLimits.SpansMax} spans; these are the earliest.")] : []);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> EncodeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var output = new ProtoWriter();
        var chunk = new List<Span>(OtlpResult.ItemsPerChunk);
        var count = 0;
        do
        {
            chunk.Add(spans.Current);
            if (chunk.Count == OtlpResult.ItemsPerChunk)
                yield return Encode(chunk, output);
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (++count < TraceLimits.SpansMax && await spans.MoveNextAsync());

        yield return Encode(chunk, output);
    }

    private static ReadOnlyMemory<byte> Encode(List<Span> chunk, ProtoWriter output)
    {
        output.Clear();
        OtlpSpanEncoder.Write(chunk, output);
        chunk.Clear();
        return output.WrittenMemory;
    }
}
