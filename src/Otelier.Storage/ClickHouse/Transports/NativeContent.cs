using System.IO.Compression;
using System.Net;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>An insert's body on its way to the server, in chunks as it is written.</summary>
internal sealed class NativeContent : HttpContent
{
    private readonly NativeBody _body;
    private readonly bool _compress;

    internal NativeContent(NativeBody body, bool compress)
    {
        _body = body;
        _compress = compress;
        if (compress)
            Headers.ContentEncoding.Add("gzip");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    // Writing blocks, so it has a thread of its own: the body is a plain writer, which is what the engine in process wants.
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Write(stream, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private void Write(Stream stream, CancellationToken cancellationToken)
    {
        // Not in a using: a body that failed must not be given a proper end, or the server could take its beginning for all of it,
        // remember the token and drop the repetition.
        var compressed = _compress ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : null;
        using var output = new ChunkWriter((compressed ?? stream).Write, cancellationToken);
        _body(output);
        output.Flush();
        compressed?.Dispose();
    }
}
