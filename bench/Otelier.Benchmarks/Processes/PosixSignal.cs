using System.Runtime.InteropServices;

namespace Otelier.Benchmarks.Processes;

/// <summary>Asks a process to end, which .NET has no call for.</summary>
internal static partial class PosixSignal
{
    private const int Terminate = 15;

    public static void RequestEnd(int processId)
    {
        if (Kill(processId, Terminate) != 0)
            throw new InvalidOperationException($"Process {processId} could not be told to end (errno {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
