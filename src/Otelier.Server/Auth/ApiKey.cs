using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary>What is known of an API key; never the key itself.</summary>
internal sealed record ApiKey(TenantId Tenant, string Id, Role Role, KeyDocument Document)
{
    public bool IsExpired(DateTimeOffset now) => Document.ExpiresAt <= now;

    public bool IsRevoked => Document.RevokedAt is not null;

    /// <summary>Whether it opens anything.</summary>
    public bool IsActive(DateTimeOffset now) => !IsRevoked && !IsExpired(now);
}

/// <summary>A key in the catalog.</summary>
/// <param name="Name">For people.</param>
/// <param name="Role">One of <see cref="RoleName.All"/>.</param>
/// <param name="Hash">SHA-256 of the key, in lower-case hexadecimal digits.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">The name of the key it was made with.</param>
/// <param name="ExpiresAt">From when on it opens nothing.</param>
/// <param name="RevokedAt">When it was revoked.</param>
internal sealed record KeyDocument(
    string Name, string Role, string Hash, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt = null, DateTimeOffset? RevokedAt = null);

/// <summary>When a key was last used, in the catalog; apart from the key, for it changes often.</summary>
internal sealed record KeyUseDocument(DateTimeOffset LastUsedAt);
