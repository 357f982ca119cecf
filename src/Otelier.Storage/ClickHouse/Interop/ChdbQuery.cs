using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>A running query. Its calls block and belong to the session's thread.</summary>
internal sealed unsafe class ChdbQuery : IDisposable
{
    private readonly ChdbConnectionHandle _connection;
    private readonly ChdbResultHandle _stream;
    private bool _ended;

    internal ChdbQuery(ChdbConnectionHandle connection, ChdbResultHandle stream)
    {
        _connection = connection;
        _stream = stream;
    }

    /// <summary>Computes the next piece: some whole blocks in Native format, or null at the end.</summary>
    /// <param name="meter">Told what was read from tables for it.</param>
    /// <exception cref="ClickHouseException">The query failed.</exception>
    internal byte[]? Fetch(QueryMeter? meter)
    {
        if (_ended)
            return null;
        using var chunk = ChdbNative.chdb_stream_fetch_result(_connection.Connection, _stream);
        if (ChdbConnection.ErrorOf(chunk) is { } error)
        {
            _ended = true;
            throw ClickHouseException.Parse(error);
        }

        var length = checked((int)ChdbNative.chdb_result_length(chunk));
        if (length == 0)
        {
            _ended = true;
            return null;
        }

        meter?.Add(
            checked((long)ChdbNative.chdb_result_storage_rows_read(chunk)), checked((long)ChdbNative.chdb_result_storage_bytes_read(chunk)));
        return new ReadOnlySpan<byte>(ChdbNative.chdb_result_buffer(chunk), length).ToArray();
    }

    /// <summary>Ends the query; one that still runs must have been killed before, or this waits for its end.</summary>
    public void Dispose()
    {
        if (!_ended)
            ChdbNative.chdb_stream_cancel_query(_connection.Connection, _stream);
        _stream.Dispose();
    }
}
