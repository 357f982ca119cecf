using System.Runtime.InteropServices;
using System.Text;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>
/// One session of the in-process engine. It serves one statement at a time and its calls block, so it belongs to
/// one dedicated thread.
/// </summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    private readonly ChdbConnectionHandle _handle;

    private ChdbConnection(ChdbConnectionHandle handle) => _handle = handle;

    /// <summary>
    /// Opens a session. Every open session of a process has the same data directory; the first one starts the engine
    /// and its server-level arguments hold until the last one is closed.
    /// </summary>
    /// <param name="dataDirectory">A folder, or null for a temporary one that is removed when the last session is closed.</param>
    /// <param name="settings">Engine settings by name: server-level for the first session, query-level for this one.</param>
    /// <exception cref="EngineUnavailableException">The engine refuses: another directory is open, or another process has this one.</exception>
    internal static ChdbConnection Open(string? dataDirectory, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var arguments = new List<string>(settings.Count + 2) { "clickhouse" };
        // Named as a path, ":memory:" would be a folder of that name.
        if (dataDirectory is not null)
            arguments.Add($"--path={dataDirectory}");
        foreach (var (name, value) in settings)
            arguments.Add($"--{name}={value}");
        var count = arguments.Count;
        var pointers = stackalloc byte*[count];
        try
        {
            for (var i = 0; i < count; i++)
                pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
            var connection = ChdbNative.chdb_connect(count, pointers);
            if (connection == null || *connection == 0)
            {
                throw new EngineUnavailableException(
                    $"The engine does not open {dataDirectory ?? "a temporary directory"}: another process has it, this process has another directory open, "
                    + "or a setting is wrong.");
            }

            return new ChdbConnection(new ChdbConnectionHandle(connection));
        }
        finally
        {
            for (var i = 0; i < count; i++)
                Marshal.FreeCoTaskMem((nint)pointers[i]);
        }
    }

    /// <summary>The engine's version.</summary>
    internal static string Version() => Marshal.PtrToStringUTF8((nint)ChdbNative.chdb_version()) ?? "";

    /// <summary>Runs a statement to its end and drops what it answers.</summary>
    /// <exception cref="ClickHouseException">The engine refused or failed.</exception>
    internal void Execute(string sql, IReadOnlyList<SqlParameter> parameters)
    {
        using var result = Start(sql, parameters, "Null"u8, stream: false);
    }

    /// <summary>Prepares a query; nothing is computed before the first fetch.</summary>
    /// <exception cref="ClickHouseException">The engine refused the statement.</exception>
    internal ChdbQuery Query(string sql, IReadOnlyList<SqlParameter> parameters) =>
        new(_handle, Start(sql, parameters, "Native"u8, stream: true));

    /// <summary>Begins an insert; the session serves nothing else until it is done or disposed.</summary>
    /// <exception cref="ClickHouseException">The engine refused the statement.</exception>
    internal ChdbInsert Insert(string sql)
    {
        var text = Encoding.UTF8.GetBytes(sql);
        var format = "Native"u8;
        ChdbInsertHandle stream;
        fixed (byte* query = text, formatName = format)
        {
            stream = ChdbNative.chdb_stream_insert_n(
                _handle.Connection, query, (nuint)text.Length, formatName, (nuint)format.Length);
        }

        return ChdbInsert.Begin(stream);
    }

    public void Dispose() => _handle.Dispose();

    internal static string? ErrorOf(ChdbResultHandle result) => Marshal.PtrToStringUTF8((nint)ChdbNative.chdb_result_error(result));

    private ChdbResultHandle Start(string sql, IReadOnlyList<SqlParameter> parameters, ReadOnlySpan<byte> format, bool stream)
    {
        var text = Encoding.UTF8.GetBytes(sql);
        using var bound = new BoundParameters(parameters);
        ChdbResultHandle result;
        fixed (byte* query = text, formatName = format)
        {
            result = stream
                ? ChdbNative.chdb_stream_query_with_params_n(
                    _handle.Connection, query, (nuint)text.Length, formatName, (nuint)format.Length,
                    bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count)
                : ChdbNative.chdb_query_with_params_n(
                    _handle.Connection, query, (nuint)text.Length, formatName, (nuint)format.Length,
                    bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count);
        }

        if (ErrorOf(result) is not { } error)
            return result;
        result.Dispose();
        throw ClickHouseException.Parse(error);
    }
}
