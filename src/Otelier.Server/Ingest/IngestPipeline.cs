using System.Text.Json;
using Otelier.Signals.Otlp;

namespace Otelier.Server.Ingest;

/// <summary>Accepts what is well-formed.</summary>
internal sealed class IngestPipeline
{
    private readonly JsonReaderOptions _json = new() { MaxDepth = 256 };

    public ValueTask<IngestResult> IngestAsync(IngestRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var error = request.Encoding == OtlpEncoding.Json ? CheckJson(request.Body.Span) : CheckProtobuf(request.Body.Span);
        return ValueTask.FromResult(error == DecodeError.None
            ? new IngestResult(IngestOutcome.Accepted)
            : new IngestResult(IngestOutcome.Malformed, Error: error, Message: $"The message could not be read: {error}."));
    }

    private static DecodeError CheckProtobuf(ReadOnlySpan<byte> body)
    {
        var reader = new ProtoReader(body);
        while (reader.TryReadTag(out var tag))
            reader.Skip(tag);
        return reader.Error;
    }

    private DecodeError CheckJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, _json);
            while (reader.Read())
                reader.Skip();
            return DecodeError.None;
        }
        catch (JsonException)
        {
            return DecodeError.MalformedJson;
        }
    }
}
