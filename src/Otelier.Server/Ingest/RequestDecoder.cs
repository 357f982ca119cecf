using System.Collections.Concurrent;
using Otelier.Signals;
using Otelier.Signals.Otlp;

namespace Otelier.Server.Ingest;

/// <summary>
/// Turns the messages of one signal into batches; the same bytes always give the same batch, which replay relies on.
/// Decoders and batches are kept and used again. Thread-safe.
/// </summary>
/// <param name="newDecoder">Makes a decoder; as many are made as requests are decoded at once.</param>
/// <param name="message">The Export request of the signal.</param>
/// <param name="pooledBytesMax">How much memory unused batches may hold, in bytes.</param>
internal sealed class RequestDecoder<TBatch>(Func<SignalDecoder<TBatch>> newDecoder, OtlpMessage message, long pooledBytesMax)
    where TBatch : SignalBatch, new()
{
    private readonly ConcurrentBag<SignalDecoder<TBatch>> _decoders = [];
    private readonly ConcurrentBag<ProtoWriter> _transcoded = [];
    private readonly BatchPool<TBatch> _batches = new(pooledBytesMax);

    /// <summary>Decodes one uncompressed message.</summary>
    /// <param name="encoding">How it is written.</param>
    /// <param name="body">The message; not needed any more when this returns.</param>
    /// <param name="rejections">Where rejected items are counted.</param>
    /// <returns>The batch, which the caller disposes of, or why the request as a whole cannot be read.</returns>
    public Decoded<TBatch> Decode(OtlpEncoding encoding, ReadOnlySpan<byte> body, Rejections rejections)
    {
        if (encoding == OtlpEncoding.Protobuf)
            return DecodeProtobuf(body, rejections);

        if (!_transcoded.TryTake(out var protobuf))
            protobuf = new ProtoWriter();
        protobuf.Clear();
        var error = OtlpJsonReader.TryTranscode(body, message, protobuf, out var fault);
        var decoded = error == DecodeError.None
            ? DecodeProtobuf(protobuf.WrittenSpan, rejections)
            : new Decoded<TBatch>(null, error, fault is null ? error.Explain() : $"{error.Explain()}: {fault}");
        _transcoded.Add(protobuf);
        return decoded;
    }

    /// <summary>Lets go of the memory of unused batches and decoders; for an idle server.</summary>
    public void Trim()
    {
        _batches.Trim();
        _decoders.Clear();
        _transcoded.Clear();
    }

    private Decoded<TBatch> DecodeProtobuf(ReadOnlySpan<byte> body, Rejections rejections)
    {
        if (!_decoders.TryTake(out var decoder))
            decoder = newDecoder();
        var batch = _batches.Rent();
        var error = decoder.Decode(body, batch, rejections);
        _decoders.Add(decoder);
        if (error == DecodeError.None)
            return new Decoded<TBatch>(batch, error, "");
        batch.Dispose();
        return new Decoded<TBatch>(null, error, error.Explain());
    }
}

/// <summary>A batch, or why there is none.</summary>
/// <param name="Batch">The caller's to dispose of; null where the request cannot be read.</param>
/// <param name="Error">Why it cannot be read.</param>
/// <param name="Message">The same for a person.</param>
internal readonly record struct Decoded<TBatch>(TBatch? Batch, DecodeError Error, string Message)
    where TBatch : SignalBatch;
