using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals.Api;

namespace Otelier.Server.Export;

/// <summary>How an export ended.</summary>
internal enum ExportEnd
{
    /// <summary>Every matching row was written.</summary>
    Complete,

    /// <summary>More rows matched than were asked for.</summary>
    Truncated,

    /// <summary>The store failed midway.</summary>
    Failed,
}

/// <summary>Writes rows in one of the formats to a buffer, with an end that says whether they are all.</summary>
internal sealed class ExportWriter<T>(ExportFormat format, ExportShape<T> shape, ArrayBufferWriter<byte> output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, ApiJson.Options);
    private readonly CsvRow _csv = new(output);
    private bool _isFirst = true;

    public void Begin()
    {
        if (format == ExportFormat.Json)
            output.Write("{\"rows\":["u8);
        else if (format == ExportFormat.Csv)
            _csv.WriteHeader(shape.Columns);
    }

    public void Write(T row)
    {
        if (format == ExportFormat.Csv)
        {
            shape.WriteCsv(_csv, row);
            return;
        }

        if (format == ExportFormat.Json && !_isFirst)
            output.Write(",\n"u8);
        _isFirst = false;
        WriteObject(row, shape.WriteJson);
        if (format == ExportFormat.Ndjson)
            output.Write("\n"u8);
    }

    /// <summary>
    /// Says how it ended. A table's last row says that it was cut off: over HTTP/1.1 this server has no trailers to say it in. That it
    /// failed a table does not say; see <see cref="ExportResult{T}"/>.
    /// </summary>
    public void Finish(ExportEnd end, long rows, string? error)
    {
        if (format == ExportFormat.Json)
        {
            output.Write("],"u8);
            // The members of an object without its opening brace.
            var members = new ArrayBufferWriter<byte>();
            _json.Reset(members);
            WriteEnd(end, rows, error);
            output.Write(members.WrittenSpan[1..]);
        }
        else if (format == ExportFormat.Ndjson && end != ExportEnd.Complete)
        {
            _json.Reset(output);
            WriteEnd(end, rows, error);
            output.Write("\n"u8);
        }
        else if (format == ExportFormat.Csv && end == ExportEnd.Truncated)
        {
            _csv.Write(string.Create(CultureInfo.InvariantCulture, $"# truncated after {rows} rows"));
            for (var i = 1; i < shape.Columns.Count; i++)
                _csv.Write("");
            _csv.End();
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _csv.Dispose();
    }

    private void WriteEnd(ExportEnd end, long rows, string? error)
    {
        _json.WriteStartObject();
        _json.WriteNumber("rowCount", rows);
        _json.WriteBoolean("truncated", end == ExportEnd.Truncated);
        if (end == ExportEnd.Failed)
            _json.WriteString("error", error);
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteObject(T row, Action<Utf8JsonWriter, T> write)
    {
        _json.Reset(output);
        write(_json, row);
        _json.Flush();
    }
}

/// <summary>What the formats are called.</summary>
internal static class ExportFormats
{
    public static string MediaTypeOf(ExportRequest request) => request.IsGzip ? "application/gzip" : request.Format switch
    {
        ExportFormat.Json => ApiJson.MediaType,
        ExportFormat.Csv => "text/csv; charset=utf-8; header=present",
        _ => "application/x-ndjson",
    };

    public static string FileNameOf(ExportRequest request) => string.Create(
        CultureInfo.InvariantCulture, $"{request.SignalName}.{request.Format switch { ExportFormat.Json => "json", ExportFormat.Csv => "csv", _ => "ndjson" }}{(request.IsGzip ? ".gz" : "")}");

    public static string WordOf(ExportEnd end) => end switch { ExportEnd.Complete => "complete", ExportEnd.Truncated => "truncated", _ => "failed" };
}
