using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary>What a token says. All of it is required, and a token that says more is none of ours.</summary>
/// <param name="Audience">What it is meant for: <see cref="TokenCodec.ApiAudience"/> or <see cref="TokenCodec.RefreshAudience"/>.</param>
/// <param name="KeyId">The API key it was given out for (<c>sub</c>).</param>
/// <param name="Tenant">That key's tenant.</param>
/// <param name="Role">That key's role.</param>
/// <param name="IssuedUnixSeconds">When it was given out (<c>iat</c>).</param>
/// <param name="ExpiresUnixSeconds">From when on it is void (<c>exp</c>).</param>
/// <param name="Id">Names this token (<c>jti</c>).</param>
internal sealed record TokenClaims(
    string Audience, string KeyId, TenantId Tenant, Role Role, long IssuedUnixSeconds, long ExpiresUnixSeconds, string Id);
