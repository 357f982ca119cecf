using System.Text.Json.Serialization;

namespace Otelier.Server.Auth;

/// <summary>The body of <c>POST /api/v1/keys</c>.</summary>
internal sealed record KeyRequest(string? Name, string? Role, string? Tenant, DateTimeOffset? ExpiresAt);

/// <summary>A key as the API tells of it; <paramref name="Key"/> itself once, when it is made.</summary>
internal sealed record KeyAnswer(
    string Id,
    string Name,
    string Role,
    string Tenant,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    string? Key = null);

/// <summary>The body of <c>POST /api/v1/tenants</c>.</summary>
internal sealed record TenantRequest(string? Name, Quota? Quota);

/// <summary>A tenant as the API tells of it.</summary>
internal sealed record TenantAnswer(string Name, string State, DateTimeOffset? CreatedAt, string? CreatedBy, int KeyCount, Quota? Quota);

/// <summary>The body of <c>POST /api/v1/auth/token</c>.</summary>
internal sealed record TokenRequest(string? ApiKey);

/// <summary>The body of <c>POST /api/v1/auth/refresh</c>.</summary>
internal sealed record RefreshRequest(string? RefreshToken);

/// <summary>The body of <c>POST /api/v1/auth/revoke</c>.</summary>
internal sealed record RevokeRequest(string? Token);

/// <summary>A token as the API gives it out.</summary>
internal sealed record TokenAnswer(string Token, string TokenType, DateTimeOffset ExpiresAt, string RefreshToken, string Tenant, string Role);

/// <summary>Who the caller is.</summary>
internal sealed record CallerAnswer(string Tenant, string Role, string? KeyId, string? KeyName, string Authentication);

/// <summary>A token in AgentOps' words.</summary>
internal sealed record AgentOpsToken(
    string Token, [property: JsonPropertyName("project_id")] string ProjectId, [property: JsonPropertyName("project_prem_status")] string ProjectPremStatus);

/// <summary>What a token says, in AgentOps' words.</summary>
internal sealed record AgentOpsClaims(
    string Aud,
    [property: JsonPropertyName("project_id")] string ProjectId,
    [property: JsonPropertyName("project_prem_status")] string ProjectPremStatus,
    string Role,
    string Jti,
    long Iat,
    long Exp);

/// <summary>The answer to <c>GET /v3/auth/token</c>.</summary>
internal sealed record AgentOpsTokenDescription(string Message, AgentOpsClaims Payload, [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt);

/// <summary>An error in AgentOps' words.</summary>
internal sealed record AgentOpsError(string Error);

/// <summary>Every type this folder reads or writes as JSON, in the catalog and over HTTP.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(KeyUseDocument))]
[JsonSerializable(typeof(TenantDocument))]
[JsonSerializable(typeof(RevokedTokenDocument))]
[JsonSerializable(typeof(List<SigningKey>))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantAnswer))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(RevokeRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(CallerAnswer))]
[JsonSerializable(typeof(AgentOpsToken))]
[JsonSerializable(typeof(AgentOpsTokenDescription))]
[JsonSerializable(typeof(AgentOpsError))]
internal sealed partial class AuthJsonContext : JsonSerializerContext;
