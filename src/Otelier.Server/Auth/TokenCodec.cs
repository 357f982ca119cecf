using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Otelier.Server.Http;
using Otelier.Signals;

namespace Otelier.Server.Auth;

/// <summary>
/// Writes and reads tokens: JWT (RFC 7519) signed with HMAC-SHA256, and nothing else of that family. There is one algorithm, so a header
/// cannot choose; every member is known, of one type and required; what is left over is refused.
/// </summary>
internal sealed class TokenCodec(SigningKeys keys, TimeProvider time)
{
    public const string ApiAudience = "otelier-api";
    public const string RefreshAudience = "otelier-refresh";

    private const string Issuer = "otelier";
    private const string Algorithm = "HS256";
    private const string Type = "JWT";
    private const int TextLengthMax = 4096;
    private const int NameLengthMax = 128;
    private const int HeaderMembers = 3;
    private const int ClaimMembers = 8;

    // Clocks of processes that share a data directory one after the other.
    private const long FutureSecondsMax = 60;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    public string Write(TokenClaims claims)
    {
        var key = keys.Current();
        var header = Json(json =>
        {
            json.WriteString("alg", Algorithm);
            json.WriteString("typ", Type);
            json.WriteString("kid", key.Id);
        });
        var payload = Json(json =>
        {
            json.WriteString("iss", Issuer);
            json.WriteString("aud", claims.Audience);
            json.WriteString("sub", claims.KeyId);
            json.WriteString("tenant", claims.Tenant.Value);
            json.WriteString("role", RoleName.Of(claims.Role));
            json.WriteNumber("iat", claims.IssuedUnixSeconds);
            json.WriteNumber("exp", claims.ExpiresUnixSeconds);
            json.WriteString("jti", claims.Id);
        });
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(key.Mac(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Reads a token of ours that is meant for <paramref name="audience"/> and still valid.</summary>
    public AuthFault Read(string token, string audience, out TokenClaims? claims)
    {
        claims = null;
        if (token.Length > TextLengthMax || token.Split('.') is not [var header, var payload, var signature]
            || !TryDecode(header, out var headerBytes) || !TryDecode(payload, out var payloadBytes) || !TryDecode(signature, out var mac))
        {
            return AuthFault.TokenMalformed;
        }

        var fault = ReadHeader(headerBytes, out var key);
        if (fault != AuthFault.None)
            return fault;
        var signed = Encoding.ASCII.GetBytes(token[..(header.Length + 1 + payload.Length)]);
        return CryptographicOperations.FixedTimeEquals(key!.Mac(signed), mac) ? ReadClaims(payloadBytes, audience, out claims) : AuthFault.TokenSignature;
    }

    private AuthFault ReadHeader(byte[] bytes, out SigningKey? key)
    {
        key = null;
        using var document = TryParse(bytes);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } header)
            return AuthFault.TokenMalformed;
        if (Text(header, "alg") != Algorithm)
            return AuthFault.TokenAlgorithm;
        if (Text(header, "kid") is not { } kid || Text(header, "typ") != Type || header.GetPropertyCount() != HeaderMembers)
            return AuthFault.TokenMalformed;
        key = keys.Find(kid);
        return key is null ? AuthFault.TokenKeyUnknown : AuthFault.None;
    }

    private AuthFault ReadClaims(byte[] bytes, string audience, out TokenClaims? claims)
    {
        claims = null;
        using var document = TryParse(bytes);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
            return AuthFault.TokenMalformed;
        if (root.GetPropertyCount() != ClaimMembers
            || Text(root, "iss") is not { } issuer || Text(root, "aud") is not { } meant || Text(root, "sub") is not { } subject || Text(root, "jti") is not { } id
            || !TenantId.TryParse(Text(root, "tenant"), out var tenant) || !RoleName.TryParse(Text(root, "role"), out var role)
            || Number(root, "iat") is not { } issued || Number(root, "exp") is not { } expires || issued > expires)
        {
            return AuthFault.TokenClaims;
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (issuer != Issuer)
            return AuthFault.TokenIssuer;
        if (meant != audience)
            return AuthFault.TokenAudience;
        if (issued > now + FutureSecondsMax)
            return AuthFault.TokenClaims;
        if (expires <= now)
            return AuthFault.TokenExpired;
        claims = new TokenClaims(meant, subject, tenant, role, issued, expires, id);
        return AuthFault.None;
    }

    private static JsonDocument? TryParse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= NameLengthMax } text ? text : null;

    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : null;

    /// <summary>Base64url in its one spelling: no padding, no whitespace, no bits left over.</summary>
    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length == 0 || !Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text;
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
