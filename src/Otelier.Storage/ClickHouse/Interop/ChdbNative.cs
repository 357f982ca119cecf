using System.Runtime.InteropServices;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>The engine's C functions, by their own names. <see cref="EngineLibrary.Load"/> comes before the first call.</summary>
internal static unsafe partial class ChdbNative
{
    internal const string Library = "chdb";

    [LibraryImport(Library)]
    internal static partial byte* chdb_version();

    [LibraryImport(Library)]
    internal static partial void chdb_set_signal_handlers_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial nint* chdb_connect(int argc, byte** argv);

    [LibraryImport(Library)]
    internal static partial void chdb_close_conn(nint* connection);

    [LibraryImport(Library)]
    internal static partial ChdbResultHandle chdb_query_with_params_n(
        nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    [LibraryImport(Library)]
    internal static partial ChdbResultHandle chdb_stream_query_with_params_n(
        nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    [LibraryImport(Library)]
    internal static partial ChdbResultHandle chdb_stream_fetch_result(nint connection, ChdbResultHandle stream);

    [LibraryImport(Library)]
    internal static partial void chdb_stream_cancel_query(nint connection, ChdbResultHandle stream);

    [LibraryImport(Library)]
    internal static partial void chdb_destroy_query_result(nint result);

    [LibraryImport(Library)]
    internal static partial byte* chdb_result_buffer(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial nuint chdb_result_length(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial byte* chdb_result_error(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial ulong chdb_result_rows_written(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial ulong chdb_result_bytes_written(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial ulong chdb_result_storage_rows_read(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial ulong chdb_result_storage_bytes_read(ChdbResultHandle result);

    [LibraryImport(Library)]
    internal static partial ChdbInsertHandle chdb_stream_insert_n(
        nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength);

    [LibraryImport(Library)]
    internal static partial byte* chdb_stream_insert_error(ChdbInsertHandle stream);

    [LibraryImport(Library)]
    internal static partial int chdb_stream_append(ChdbInsertHandle stream, byte* data, nuint length);

    [LibraryImport(Library)]
    internal static partial ChdbResultHandle chdb_stream_done(ChdbInsertHandle stream);

    [LibraryImport(Library)]
    internal static partial void chdb_stream_cancel_insert(ChdbInsertHandle stream);

    [LibraryImport(Library)]
    internal static partial void chdb_destroy_insert_stream(nint stream);
}
