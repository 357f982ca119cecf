namespace Otelier.Signals.Otlp;

/// <summary>
/// Turns the protobuf bytes of an Export request into the columns of a batch, without objects in between. An item that
/// breaks the protocol is rejected and counted, and its siblings live; only bytes that cannot be taken apart into items
/// fail as a whole. A decoder remembers names and attribute shapes from request to request, so keep and reuse it; not
/// thread-safe.
/// </summary>
public abstract class SignalDecoder<TBatch> : IDisposable
    where TBatch : SignalBatch
{
    private readonly ScopeReader _scopes = new();

    /// <summary>Decodes <paramref name="body"/> into <paramref name="batch"/>, which must be new.</summary>
    /// <param name="body">The uncompressed message.</param>
    /// <param name="batch">Filled on success; to be disposed of in any case.</param>
    /// <param name="rejections">Where rejected items are counted.</param>
    /// <returns>Why the request as a whole cannot be read, or <see cref="DecodeError.None"/>.</returns>
    public DecodeError Decode(ReadOnlySpan<byte> body, TBatch batch, Rejections rejections)
    {
        _scopes.BeginBatch();
        BeginBatch();
        var reader = new ProtoReader(body);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != OtlpTags.ResourceItems)
            {
                reader.SkipUnknown(tag, lastKnownField: 1);
                continue;
            }

            var error = ReadResourceItems(reader.ReadBytes(), batch, body, rejections);
            if (error != DecodeError.None)
                reader.Fail(error);
        }

        return reader.Error;
    }

    public void Dispose()
    {
        _scopes.Dispose();
        DisposeReaders();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Reads one item (a Span, LogRecord or Metric) or counts why not, leaving the batch as it was. The result is not
    /// <see cref="DecodeError.None"/> only where the request as a whole cannot be read.
    /// </summary>
    protected abstract DecodeError ReadItem(
        ReadOnlySpan<byte> item, int scopeIndex, TBatch batch, ReadOnlySpan<byte> body, Rejections rejections);

    /// <summary>How many items, as partial success counts them, <paramref name="item"/> stands for.</summary>
    protected virtual int CountItems(ReadOnlySpan<byte> item) => 1;

    /// <summary>From now on another batch is filled.</summary>
    protected abstract void BeginBatch();

    protected abstract void DisposeReaders();

    private DecodeError ReadResourceItems(ReadOnlySpan<byte> message, TBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var error = FindHead(message, out var resource, out var schemaUrl);
        if (error != DecodeError.None)
            return error;

        var resourceError = _scopes.ReadResource(resource, schemaUrl, batch.Resources, body);
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != OtlpTags.Items)
            {
                reader.Skip(tag);
                continue;
            }

            error = ReadScopeItems(reader.ReadBytes(), resourceError, batch, body, rejections);
            if (error != DecodeError.None)
                reader.Fail(error);
        }

        return reader.Error;
    }

    private DecodeError ReadScopeItems(
        ReadOnlySpan<byte> message, DecodeError resourceError, TBatch batch, ReadOnlySpan<byte> body, Rejections rejections)
    {
        var error = FindHead(message, out var scope, out var schemaUrl);
        if (error != DecodeError.None)
            return error;

        var headError = resourceError != DecodeError.None
            ? resourceError
            : _scopes.ReadScope(scope, schemaUrl, batch.Resources.Count - 1, batch.Scopes, body);
        var scopeIndex = batch.Scopes.Count - 1;
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            if (tag != OtlpTags.Items)
            {
                reader.Skip(tag);
                continue;
            }

            var item = reader.ReadBytes();
            if (headError != DecodeError.None)
            {
                rejections.Add(headError, CountItems(item));
                continue;
            }

            error = ReadItem(item, scopeIndex, batch, body, rejections);
            if (error != DecodeError.None)
                reader.Fail(error);
        }

        return reader.Error;
    }

    /// <summary>
    /// Finds field 1 (resource or scope) and field 3 (schema_url), which may stand behind what they describe, and in
    /// passing makes sure that the message can be taken apart to its end.
    /// </summary>
    private static DecodeError FindHead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> schemaUrl)
    {
        head = default;
        schemaUrl = default;
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.Head:
                    head = reader.ReadBytes();
                    break;
                case OtlpTags.SchemaUrl:
                    schemaUrl = reader.ReadBytes();
                    break;
                case OtlpTags.Items:
                    reader.ReadBytes();
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 3);
                    break;
            }
        }

        return reader.Error;
    }
}
