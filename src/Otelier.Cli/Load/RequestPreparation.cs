using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Otelier.Cli.CommandLine;
using Otelier.Cli.Export;
using Otelier.Signals;

namespace Otelier.Cli.Load;

/// <summary>Encodes everything a run will send and deals it out to the connections.</summary>
internal sealed class RequestPreparation(LoadOptions options, TimeProvider time)
{
    /// <summary>How many attribute sets of spans and logs differ, at least: a store that met them all again and again would look too good.</summary>
    public const int DistinctItemsMin = 100_000;

    /// <summary>What the encoded requests may hold in memory.</summary>
    public const long TemplateBytesMax = 1L << 30;

    private const int TemplatesPerConnectionMin = 2;
    private const int GrpcFrameBytes = 5;

    /// <summary>How many requests there are: at least one for each connection, and no more than a run of few items can use.</summary>
    public static int TemplateCount(LoadOptions options)
    {
        if (options.Signal == Signal.Metrics)
            return PointTemplate.Count(options);
        var varied = Math.Max((DistinctItemsMin + options.Batch - 1) / options.Batch, options.Connections * TemplatesPerConnectionMin);
        var used = options.Items == 0 ? varied : (options.Items + options.Batch - 1) / options.Batch;
        return (int)Math.Max(options.Connections, Math.Min(varied, used));
    }

    /// <summary>One source for each connection; null when they would need more than <see cref="TemplateBytesMax"/>.</summary>
    public IRequestSource[]? Prepare(CancellationToken cancellationToken)
    {
        var build = Builder();
        var shares = new List<LoadBatch>[options.Connections];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = [];
        long bytes = 0;
        for (var template = 0; template < TemplateCount(options); template++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = build(template);
            bytes += batch.Request.Length;
            if (bytes > TemplateBytesMax)
                return null;
            shares[template % shares.Length].Add(batch);
        }

        return [.. shares.Select(share => options.Gzip ? (IRequestSource)Compress(share) : new PatchedRequests([.. share], options.RunId))];
    }

    private Func<int, LoadBatch> Builder()
    {
        Func<int, byte[]> prefix = options.Gzip ? _ => [] : length => Prefix(length, gzip: false);
        switch (options.Signal)
        {
            case Signal.Traces:
                return new SpanTemplate(options, prefix).Build;
            case Signal.Logs:
                return new LogTemplate(options, prefix).Build;
            default:
                return new PointTemplate(options, prefix, time.UnixNanos()).Build;
        }
    }

    private ReplayedRequests Compress(List<LoadBatch> share)
    {
        var first = options.FirstNumber;
        var requests = new List<LoadRequest>();
        foreach (var batch in share)
        {
            batch.Patch(options.RunId, first, time.UnixNanos());
            first += options.Batch * (long)options.Connections;
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(batch.Body.Span);
            var wire = new MemoryStream();
            wire.Write(Prefix((int)compressed.Length, gzip: true));
            compressed.WriteTo(wire);
            requests.Add(new LoadRequest(wire.ToArray(), batch.Body.Length, batch.Items));
        }

        return new ReplayedRequests([.. requests]);
    }

    private byte[] Prefix(int bodyLength, bool gzip)
    {
        if (options.Protocol == LoadProtocol.Grpc)
        {
            var frame = new byte[GrpcFrameBytes];
            frame[0] = gzip ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)bodyLength);
            return frame;
        }

        var path = options.Endpoint.AbsolutePath.TrimEnd('/') + OtlpRoutes.HttpPath(options.Signal);
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {options.Endpoint.Authority}\r\nContent-Type: application/x-protobuf\r\n"
            + $"{(options.Key is { } key ? $"Authorization: Bearer {key}\r\n" : "")}"
            + $"{(gzip ? "Content-Encoding: gzip\r\n" : "")}Content-Length: {bodyLength}\r\n\r\n"));
    }
}
