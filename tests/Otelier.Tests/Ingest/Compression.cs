using System.IO.Compression;

namespace Otelier.Tests.Ingest;

internal static class Compression
{
    public static byte[] Gzip(byte[] data)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(data);
        // The framework writes nothing at all for nothing; a gzip of nothing has twenty bytes.
        return data.Length == 0 ? Convert.FromHexString("1F8B0800000000000003030000000000" + "00000000") : target.ToArray();
    }

    public static byte[] Zlib(byte[] data)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Fastest))
            zlib.Write(data);
        return target.ToArray();
    }

    /// <summary>A gzip that inflates to <paramref name="length"/> zeros.</summary>
    public static byte[] Bomb(long length)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var left = length; left > 0; left -= zeros.Length)
                gzip.Write(zeros);
        }

        return target.ToArray();
    }
}
