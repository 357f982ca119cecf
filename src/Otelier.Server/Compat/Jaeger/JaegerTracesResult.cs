using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Api;
using Otelier.Signals.Ids;
using Otelier.Signals.Resources;
using Otelier.Signals.Traces;
using Otelier.Storage;

namespace Otelier.Server.Compat.Jaeger;

/// <summary>
/// Traces in Jaeger's own JSON, sent while they are read. When the store fails midway the connection is broken off, so that nobody takes a
/// part for the whole.
/// </summary>
/// <param name="pieces">Standing on the first piece, where there is one; disposed of here.</param>
/// <param name="hasAny">Whether there is a first piece.</param>
/// <param name="asked">The traces that were to be read.</param>
/// <param name="isByName">Whether they were asked for by their ids, so that one that is missing is told.</param>
internal sealed class JaegerTracesResult(
    IAsyncEnumerator<JaegerSpans> pieces, bool hasAny, IReadOnlyList<JaegerTraceRef> asked, bool isByName) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var reading = pieces;
        try
        {
            await WriteAsync(httpContext);
        }
        catch (StoreException) when (httpContext.Response.HasStarted)
        {
            httpContext.Abort();
        }
    }

    private async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = ApiJson.MediaType;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, ApiJson.Options);
        var given = new HashSet<TraceId>();
        var processes = new Dictionary<Resource, int>();
        json.WriteStartObject();
        json.WriteStartArray("data");
        for (var isThere = hasAny; isThere; isThere = await pieces.MoveNextAsync())
        {
            var piece = pieces.Current;
            if (piece.IsFirst)
            {
                given.Add(piece.TraceId);
                json.WriteStartObject();
                json.WriteString("traceID", piece.TraceId.ToString());
                json.WriteStartArray("spans");
            }

            foreach (var span in piece.Spans)
            {
                if (!processes.TryGetValue(span.Resource, out var process))
                    processes.Add(span.Resource, process = processes.Count);
                JaegerJson.Write(json, span, process);
                await json.FlushWhenLargeAsync(context);
            }

            if (piece.IsLast)
                EndTrace(json, processes, piece.IsCapped);
        }

        json.WriteEndArray();
        JaegerAnswer.WriteEnd(json, 0, Missing(given));
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void EndTrace(Utf8JsonWriter json, Dictionary<Resource, int> processes, bool isCapped)
    {
        json.WriteEndArray();
        json.WriteStartObject("processes");
        foreach (var (resource, process) in processes)
            JaegerJson.WriteProcess(json, process, resource);
        json.WriteEndObject();
        processes.Clear();
        if (isCapped)
        {
            json.WriteStartArray("warnings");
            json.WriteStringValue($"The trace has more than {TraceLimits.SpansMax} spans; these are the earliest.");
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("warnings");
        }

        json.WriteEndObject();
    }

    private List<JaegerError> Missing(HashSet<TraceId> given)
    {
        var missing = asked.Where(trace => !given.Contains(trace.TraceId)).ToList();
        if (isByName)
            return [.. missing.Select(trace => new JaegerError(StatusCodes.Status404NotFound, "trace not found", trace.TraceId.ToString()))];
        return missing.Count == 0
            ? []
            : [new JaegerError(StatusCodes.Status206PartialContent, $"{missing.Count} traces were found but are left out: an answer has at most {JaegerLimits.SpansMax} spans")];
    }
}
