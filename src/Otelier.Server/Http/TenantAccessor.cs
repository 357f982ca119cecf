using Otelier.Signals;

namespace Otelier.Server.Http;

/// <summary>Whose data a request may see. Without keys there is one tenant; with them it comes from the key, never from the request's text.</summary>
internal sealed class TenantAccessor
{
#pragma warning disable CA1822, IDE0060 // The seam: keys will make it depend on the request.
    public TenantId TenantOf(HttpContext context) => TenantId.Default;
#pragma warning restore CA1822, IDE0060
}
