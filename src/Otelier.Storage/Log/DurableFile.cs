using Otelier.Storage.Log.Interop;

namespace Otelier.Storage.Log;

/// <summary>Small files that are replaced as a whole: after a crash there is either the old or the new content.</summary>
internal static class DurableFile
{
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>The content, at most <paramref name="bytesMax"/> of it; null when there is no such file.</summary>
    public static byte[]? TryRead(string path, int bytesMax)
    {
        if (!File.Exists(path))
            return null;
        using var handle = File.OpenHandle(path);
        var bytes = new byte[(int)Math.Min(RandomAccess.GetLength(handle), bytesMax)];
        return RandomAccess.Read(handle, bytes, 0) == bytes.Length ? bytes : null;
    }
}
