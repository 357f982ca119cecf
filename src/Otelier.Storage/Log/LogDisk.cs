using Microsoft.Win32.SafeHandles;
using Otelier.Storage.Log.Interop;

namespace Otelier.Storage.Log;

/// <summary>What the writer does to the disk; the tests' second implementation fails on purpose.</summary>
internal interface ILogDisk
{
    /// <summary>Opens a segment for appending, creating it when missing.</summary>
    ILogFile Open(string path);

    /// <summary>Makes created and removed files of a directory durable.</summary>
    void FlushDirectory(string directory);

    /// <summary>Bytes an unprivileged process may still write to the directory's file system.</summary>
    long FreeBytes(string directory);
}

/// <summary>A segment being written. Every method throws <see cref="IOException"/> when the disk does not do it.</summary>
internal interface ILogFile : IDisposable
{
    /// <summary>Writes all buffers, one after the other, from <paramref name="offset"/> on.</summary>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Returns when everything written is on the disk.</summary>
    void Flush();

    void SetLength(long bytes);
}

internal sealed class LogDisk : ILogDisk
{
    public ILogFile Open(string path) =>
        new LogFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    public void FlushDirectory(string directory) => DirectorySync.Flush(directory);

    public long FreeBytes(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;

    private sealed class LogFile(SafeFileHandle handle) : ILogFile
    {
        // The gathering write is one pwritev for up to 1,024 buffers, and the framework finishes short ones.
        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset) => RandomAccess.Write(handle, buffers, offset);

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public void SetLength(long bytes) => RandomAccess.SetLength(handle, bytes);

        public void Dispose() => handle.Dispose();
    }
}
