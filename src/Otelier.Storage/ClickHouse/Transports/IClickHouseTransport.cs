using System.Buffers;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// Writes a table's rows as one or more blocks in Native format. It is called on a thread that may block, may be called
/// again when an insert is retried, and must then write the very same bytes.
/// </summary>
internal delegate void NativeBody(IBufferWriter<byte> output);

/// <summary>What the engine says of an insert. Rows dropped as already known are counted as written.</summary>
/// <param name="Rows">Rows taken, with those of materialized views; 0 where the server does not tell.</param>
/// <param name="Bytes">Their size in the engine's memory, in bytes; 0 where the server does not tell.</param>
internal readonly record struct InsertResult(long Rows, long Bytes);

/// <summary>The way to a ClickHouse engine: in this process or over HTTP. Safe for use from any thread.</summary>
internal interface IClickHouseTransport : IAsyncDisposable
{
    /// <summary>Runs a statement that answers nothing of interest: DDL, ALTER, SYSTEM, OPTIMIZE.</summary>
    /// <exception cref="ClickHouseException">The engine refused, failed, is busy or cannot be reached.</exception>
    Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a query and streams its blocks, without those that have no rows. Ending the enumeration early or cancelling stops the
    /// work in the engine too.
    /// </summary>
    /// <exception cref="ClickHouseException">The engine refused, failed (also midway), is busy or cannot be reached.</exception>
    /// <exception cref="ClickHouseProtocolException">The answer is not in Native format or has a type this reader does not know.</exception>
    IAsyncEnumerable<NativeBlock> QueryAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>Inserts a body; when this returns the engine has committed it.</summary>
    /// <param name="table">The table's name, unquoted; <c>database.table</c> is allowed.</param>
    /// <param name="columns">The columns' names, unquoted, in the body's order.</param>
    /// <param name="deduplicationToken">
    /// Names this body for ever (1 to 200 of <c>a-z A-Z 0-9 . _ : / -</c>): a second insert of a token the table remembers writes
    /// nothing. Null for a body that must not be repeated: it is then never retried.
    /// </param>
    /// <param name="body">Writes the rows.</param>
    /// <param name="cancellationToken">Honoured until the last byte is handed over; the commit itself is not interrupted.</param>
    /// <exception cref="ClickHouseException">
    /// The insert failed, or whether it succeeded is unknown: repeat it with the same token.
    /// </exception>
    Task<InsertResult> InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        string? deduplicationToken,
        NativeBody body,
        CancellationToken cancellationToken);
}
