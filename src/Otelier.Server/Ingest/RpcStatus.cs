namespace Otelier.Server.Ingest;

/// <summary>The codes of <c>google.rpc.Code</c> that are used here.</summary>
internal enum RpcCode
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>What goes into a <c>google.rpc.Status</c>, the same over gRPC and HTTP.</summary>
/// <param name="Code">What kind of failure.</param>
/// <param name="Message">English, for a person.</param>
/// <param name="BadField">What in the request was wrong; gives a BadRequest detail.</param>
/// <param name="RetryDelay">
/// When to come again; gives a RetryInfo detail and Retry-After. Clients repeat what carries it, so never on a
/// fault that the same bytes will meet again.
/// </param>
internal readonly record struct RpcStatus(RpcCode Code, string Message = "", string? BadField = null, TimeSpan? RetryDelay = null)
{
    /// <summary>The HTTP status of this failure where it is about the message (not about route or method).</summary>
    public int HttpStatus => Code switch
    {
        RpcCode.Ok => StatusCodes.Status200OK,
        RpcCode.InvalidArgument => StatusCodes.Status400BadRequest,
        RpcCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        RpcCode.PermissionDenied => StatusCodes.Status403Forbidden,
        RpcCode.NotFound => StatusCodes.Status404NotFound,
        RpcCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        RpcCode.DeadlineExceeded => StatusCodes.Status408RequestTimeout,
        // Without a delay it is the size of this one message, which no waiting will change.
        RpcCode.ResourceExhausted when RetryDelay is null => StatusCodes.Status413PayloadTooLarge,
        RpcCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        RpcCode.Unimplemented => StatusCodes.Status415UnsupportedMediaType,
        RpcCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
