using Otelier.Signals;

namespace Otelier.Server.Http;

/// <summary>Told that nothing of a tenant is left in the store. Registered by features that remember answers by tenant.</summary>
internal delegate void TenantErased(TenantId tenant);
