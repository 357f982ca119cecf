using System.Runtime.InteropServices;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>An open insert. Disposing it before <see cref="Complete"/> discards what the engine has not yet written.</summary>
internal sealed unsafe class ChdbInsert : IDisposable
{
    private readonly ChdbInsertHandle _stream;

    private ChdbInsert(ChdbInsertHandle stream) => _stream = stream;

    internal static ChdbInsert Begin(ChdbInsertHandle stream)
    {
        var insert = new ChdbInsert(stream);
        if (insert.Error() is not { } error)
            return insert;
        insert.Dispose();
        throw ClickHouseException.Parse(error);
    }

    /// <summary>Hands a piece of the body to the engine, which copies it; waits while the engine is behind.</summary>
    /// <exception cref="ClickHouseException">The insert has failed.</exception>
    internal void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return;
        int state;
        fixed (byte* bytes = data)
            state = ChdbNative.chdb_stream_append(_stream, bytes, (nuint)data.Length);
        if (state != 0)
            throw ClickHouseException.Parse(Error() ?? "The insert was refused without a reason.");
    }

    /// <summary>Commits what was appended.</summary>
    /// <exception cref="ClickHouseException">The insert has failed; a part of it may have been written.</exception>
    internal InsertResult Complete()
    {
        using var result = ChdbNative.chdb_stream_done(_stream);
        return ChdbConnection.ErrorOf(result) is { } error
            ? throw ClickHouseException.Parse(error)
            : new InsertResult(
                checked((long)ChdbNative.chdb_result_rows_written(result)),
                checked((long)ChdbNative.chdb_result_bytes_written(result)));
    }

    public void Dispose() => _stream.Dispose();

    private string? Error() => Marshal.PtrToStringUTF8((nint)ChdbNative.chdb_stream_insert_error(_stream));
}
