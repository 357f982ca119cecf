using Otelier.Signals;

namespace Otelier.Server.Http;

/// <summary>Whose data a request may see: that of its key's tenant, never one from the request's text.</summary>
internal sealed class TenantAccessor
{
#pragma warning disable CA1822 // Handed to the endpoints that need it, so that each says it does.
    /// <exception cref="InvalidOperationException">The request came by a way that does not authenticate: a bug.</exception>
    public TenantId TenantOf(HttpContext context) => context.GetCaller().Tenant;
#pragma warning restore CA1822
}

internal static class CallerExtensions
{
    /// <summary>Who makes this request.</summary>
    /// <exception cref="InvalidOperationException">The request came by a way that does not authenticate: a bug.</exception>
    public static Caller GetCaller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request was not authenticated.");

    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
