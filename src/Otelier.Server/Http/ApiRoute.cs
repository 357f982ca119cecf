using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Otelier.Signals;
using Otelier.Storage;

namespace Otelier.Server.Http;

/// <summary>A handler of the query API: its result is executed, and a fault of the store becomes a problem.</summary>
internal static class ApiRoute
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static RequestDelegate Of(Func<HttpContext, Task<IResult>> handleAsync) => async context =>
    {
        IResult result;
        try
        {
            result = await handleAsync(context);
        }
        catch (StoreException fault)
        {
            result = ProblemOf(fault, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left; there is nobody to answer.
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await result.ExecuteAsync(context);
    };

    /// <summary>
    /// The place named by the request's cursor, or none where it has no cursor. <see langword="false"/> for a cursor that is not ours or
    /// belongs to another search.
    /// </summary>
    public static bool TryReadCursor(this CursorCodec cursors, QueryParameters parameters, ReadOnlySpan<byte> search, out Cursor? cursor)
    {
        cursor = null;
        if (parameters.Cursor is not { } text)
            return true;
        if (!cursors.TryRead(text, search, out var read))
            return false;
        cursor = read;
        return true;
    }

    /// <summary>The cursor of the next page, or <see langword="null"/> on the last.</summary>
    public static string? WriteNext(this CursorCodec cursors, PageKey? next, TimeRange range, ReadOnlySpan<byte> search) =>
        next is { } key ? cursors.Write(new Cursor(key, range), search) : null;

    private static ProblemHttpResult ProblemOf(StoreException fault, HttpContext context)
    {
        switch (fault.Fault)
        {
            case StoreFault.Timeout:
                return Problems.Create(StatusCodes.Status504GatewayTimeout, "The query took longer than it may. Ask for a shorter range or a narrower filter.");
            case StoreFault.LimitExceeded:
                return Problems.LimitReached("The query needed more memory or rows than it may use. Ask for a shorter range or a narrower filter.");
            case StoreFault.Unavailable:
                context.Response.Headers.RetryAfter = ((int)RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return Problems.Unavailable("The store is away or has too much to do.");
            default:
                // A bug, which the exception handler logs and answers.
                throw fault;
        }
    }
}
