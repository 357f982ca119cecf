using Otelier.Server.Http;

namespace Otelier.Server.Ingest;

/// <summary>Who may send telemetry, in the words of the protocol.</summary>
internal static class OtlpAccess
{
    /// <summary>Finds out who sends a request and remembers it with the request; gives why it is refused, or <see langword="null"/>.</summary>
    public static RpcStatus? Admit(HttpContext context, AuthenticateDelegate authenticate)
    {
        var authentication = authenticate(context);
        if (authentication.Caller is not { } caller)
        {
            return authentication.Fault == AuthFault.TooManyFailures
                ? new RpcStatus(RpcCode.ResourceExhausted, authentication.Message, RetryDelay: authentication.RetryAfter)
                : new RpcStatus(RpcCode.Unauthenticated, authentication.Message);
        }

        if (!caller.May(Permission.Ingest))
        {
            return new RpcStatus(
                RpcCode.PermissionDenied, $"Telemetry is sent with a key whose role is ingest or admin; this one's is {RoleName.Of(caller.Role)}.");
        }

        context.SetCaller(caller);
        return null;
    }
}
