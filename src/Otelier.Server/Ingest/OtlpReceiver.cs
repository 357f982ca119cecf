using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Ingest;

/// <summary>What both transports do with a message once it has been read: decompress, hand over, translate the answer.</summary>
internal sealed class OtlpReceiver(IngestDelegate ingest, InFlightBytes budget, OtelierOptions options, IngestMetrics metrics)
{
    /// <summary>The largest message, in bytes, as received and decompressed.</summary>
    public int BodyBytesMax { get; } = options.Otlp.BodyBytesMax;

    /// <summary>An empty buffer for one message; the caller disposes it after the answer.</summary>
    public BodyBuffer NewBuffer() => new(budget);

    public OtlpAnswer Answer(BodyFault fault) => OtlpAnswer.Of(fault, BodyBytesMax);

    public async ValueTask<OtlpAnswer> ReceiveAsync(
        OtlpTransport transport, TenantId tenant, Signal signal, OtlpEncoding encoding, ContentCoding coding, BodyBuffer received, CancellationToken ct)
    {
        if (coding == ContentCoding.Identity)
            return await HandOverAsync(transport, tenant, signal, encoding, coding, received, received, ct);

        using var inflated = NewBuffer();
        var fault = Inflater.Inflate(coding, received.WrittenMemory, inflated, BodyBytesMax);
        return fault == BodyFault.None
            ? await HandOverAsync(transport, tenant, signal, encoding, coding, received, inflated, ct)
            : Answer(fault);
    }

    private async ValueTask<OtlpAnswer> HandOverAsync(
        OtlpTransport transport,
        TenantId tenant,
        Signal signal,
        OtlpEncoding encoding,
        ContentCoding coding,
        BodyBuffer received,
        BodyBuffer body,
        CancellationToken ct)
    {
        metrics.BodyRead(transport, signal, received.Length, body.Length);
        // Nothing in it: nothing to keep, and zero bytes are no JSON to complain about.
        if (body.Length == 0)
            return new OtlpAnswer(new RpcStatus(RpcCode.Ok));
        var request = new IngestRequest(signal, encoding, coding, tenant, received.WrittenMemory, body.WrittenMemory);
        return OtlpAnswer.Of(await ingest(request, ct));
    }
}
