using System.Runtime.InteropServices;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>A result or a result stream of the engine.</summary>
internal sealed class ChdbResultHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        ChdbNative.chdb_destroy_query_result(handle);
        return true;
    }
}

/// <summary>An open insert; releasing one that is not finished cancels it.</summary>
internal sealed class ChdbInsertHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        ChdbNative.chdb_destroy_insert_stream(handle);
        return true;
    }
}

/// <summary>
/// The engine hands out a pointer to a connection pointer: the outer one is closed, the inner one is what every
/// function takes.
/// </summary>
internal sealed unsafe class ChdbConnectionHandle : SafeHandle
{
    internal ChdbConnectionHandle(nint* connection) : base(invalidHandleValue: 0, ownsHandle: true) => SetHandle((nint)connection);

    public override bool IsInvalid => handle == 0;

    internal nint Connection => *(nint*)handle;

    protected override bool ReleaseHandle()
    {
        ChdbNative.chdb_close_conn((nint*)handle);
        return true;
    }
}
