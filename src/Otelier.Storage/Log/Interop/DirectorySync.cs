using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Otelier.Storage.Log.Interop;

/// <summary>Makes the creation, renaming and removal of files in a directory durable.</summary>
internal static partial class DirectorySync
{
    public static void Flush(string directory)
    {
        // Windows has no such call; NTFS journals its metadata in order.
        if (OperatingSystem.IsWindows())
            return;
        // The framework refuses to open a directory as a file.
        using var handle = Open(directory, 0);
        if (handle.IsInvalid)
            throw new IOException($"The log directory cannot be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);
}
