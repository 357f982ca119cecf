using Otelier.Signals;

namespace Otelier.Server.Http;

/// <summary>Who makes a request, as its key or token proves.</summary>
/// <param name="Tenant">Whose data it is about.</param>
/// <param name="Role">What it may do.</param>
/// <param name="KeyId">The key that was used, also behind a token; empty where nobody has to log in.</param>
/// <param name="KeyName">The name people gave that key.</param>
/// <param name="TokenId">The token that was used, or <see langword="null"/>.</param>
internal sealed record Caller(TenantId Tenant, Role Role, string KeyId, string KeyName, string? TokenId = null)
{
    /// <summary>Everybody, where nobody has to log in.</summary>
    public static Caller Anonymous { get; } = new(TenantId.Default, Role.Admin, "", "anonymous");

    /// <summary>This process, sending telemetry about itself.</summary>
    public static Caller Self { get; } = new(TenantId.Default, Role.Ingest, "", "self");

    public bool May(Permission permission) => permission switch
    {
        Permission.Open or Permission.Authenticated => true,
        Permission.Ingest => Role is Role.Ingest or Role.Admin,
        Permission.Read => Role is Role.Viewer or Role.Editor or Role.Admin,
        Permission.Write => Role is Role.Editor or Role.Admin,
        Permission.Admin => Role is Role.Admin,
        Permission.Operate => Role is Role.Admin && Tenant == TenantId.Default,
        _ => false,
    };
}
