using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Otelier.Storage;

namespace Otelier.Server.Export;

/// <summary>
/// Rows sent while they are read. Memory does not grow with their number: a slow client makes the store wait. When the store fails
/// midway the answer ends with saying so, or where the format cannot say it the connection is broken off.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="shape">How its rows are written.</param>
/// <param name="rows">The rows; disposed of here.</param>
/// <param name="hasFirst">Whether <paramref name="rows"/> stands on a row.</param>
/// <param name="slot">Disposed of at the end.</param>
internal sealed class ExportResult<T>(ExportRequest request, ExportShape<T> shape, IAsyncEnumerator<T> rows, bool hasFirst, IDisposable slot) : IResult
{
    private const string RowCountTrailer = "X-Row-Count";
    private const string StatusTrailer = "X-Export-Status";
    private const int BufferedBytesMax = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = slot;
        await using var reading = rows;
        var response = httpContext.Response;
        response.ContentType = ExportFormats.MediaTypeOf(request);
        response.Headers.ContentDisposition = $"attachment; filename=\"{ExportFormats.FileNameOf(request)}\"";
        if (response.SupportsTrailers())
        {
            response.DeclareTrailer(RowCountTrailer);
            response.DeclareTrailer(StatusTrailer);
        }

        var (end, count) = await WriteAsync(httpContext);
        if (end == ExportEnd.Failed && request.Format == ExportFormat.Csv)
        {
            httpContext.Abort();
            return;
        }

        if (response.SupportsTrailers())
        {
            response.AppendTrailer(RowCountTrailer, count.ToString(CultureInfo.InvariantCulture));
            response.AppendTrailer(StatusTrailer, ExportFormats.WordOf(end));
        }
    }

    private async Task<(ExportEnd End, long Count)> WriteAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        var body = request.IsGzip ? new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true) : context.Response.Body;
        var output = new ArrayBufferWriter<byte>(BufferedBytesMax * 2);
        using var writer = new ExportWriter<T>(request.Format, shape, output);
        var count = 0L;
        var end = ExportEnd.Complete;
        string? error = null;
        writer.Begin();
        try
        {
            for (var hasRow = hasFirst; hasRow; hasRow = await rows.MoveNextAsync())
            {
                if (count == request.Limit)
                {
                    end = ExportEnd.Truncated;
                    break;
                }

                writer.Write(rows.Current);
                count++;
                if (output.WrittenCount < BufferedBytesMax)
                    continue;
                await body.WriteAsync(output.WrittenMemory, stop);
                output.ResetWrittenCount();
            }
        }
        catch (StoreException fault)
        {
            end = ExportEnd.Failed;
            error = fault.Fault switch
            {
                StoreFault.Timeout => "The store took too long, or the answer was read too slowly.",
                StoreFault.LimitExceeded => "The store needed more memory than a query may use.",
                _ => "The store failed.",
            };
        }

        writer.Finish(end, count, error);
        await body.WriteAsync(output.WrittenMemory, stop);
        if (request.IsGzip)
            await body.DisposeAsync();
        return (end, count);
    }
}
