namespace Otelier.Server.Http;

/// <summary>Finds out who makes a request. Registered by the feature that knows keys; asked once per request.</summary>
internal delegate Authentication AuthenticateDelegate(HttpContext context);

/// <summary>Why a request has no caller. Each is a problem type of its own.</summary>
internal enum AuthFault
{
    None = 0,

    /// <summary>Neither key nor token.</summary>
    MissingCredentials,

    /// <summary>Not a key this server gave out, nor in the form of a token.</summary>
    InvalidKey,

    KeyExpired,

    KeyRevoked,

    /// <summary>Not three parts of base64url with JSON objects in them, or with members a token does not have.</summary>
    TokenMalformed,

    /// <summary>Signed by another algorithm than the one there is, or not at all.</summary>
    TokenAlgorithm,

    /// <summary>Signed by a key that is not, or no longer, ours.</summary>
    TokenKeyUnknown,

    TokenSignature,

    TokenIssuer,

    TokenAudience,

    /// <summary>A claim is missing, of another type, or not what the key behind it says.</summary>
    TokenClaims,

    TokenExpired,

    TokenRevoked,

    /// <summary>One of the above, from an address that has failed too often.</summary>
    TooManyFailures,
}

/// <summary>Who makes a request, or why that is not known.</summary>
/// <param name="Caller">Null exactly where there is a fault.</param>
/// <param name="Fault">Why there is no caller.</param>
/// <param name="RetryAfter">When to come again (only with <see cref="AuthFault.TooManyFailures"/>).</param>
internal readonly record struct Authentication(Caller? Caller, AuthFault Fault = AuthFault.None, TimeSpan RetryAfter = default)
{
    public const string Challenge = "Bearer realm=\"otelier\"";

    public static implicit operator Authentication(Caller caller) => new(caller);

    public static implicit operator Authentication(AuthFault fault) => new(null, fault);

    /// <summary>English, for a person.</summary>
    public string Message => Fault switch
    {
        AuthFault.None => "",
        AuthFault.MissingCredentials => "A key is required, in the header x-api-key or as Bearer in the header authorization.",
        AuthFault.InvalidKey => "This is not a key of this server.",
        AuthFault.KeyExpired => "The key has expired.",
        AuthFault.KeyRevoked => "The key has been revoked.",
        AuthFault.TokenMalformed => "The token cannot be read.",
        AuthFault.TokenAlgorithm => "The token is not signed by the one algorithm there is.",
        AuthFault.TokenKeyUnknown => "The token is signed by a key that is not, or no longer, known.",
        AuthFault.TokenSignature => "The token's signature is wrong.",
        AuthFault.TokenIssuer => "The token was issued by somebody else.",
        AuthFault.TokenAudience => "The token is meant for something else.",
        AuthFault.TokenClaims => "The token's claims are not those of a token of this server.",
        AuthFault.TokenExpired => "The token has expired.",
        AuthFault.TokenRevoked => "The token has been revoked.",
        AuthFault.TooManyFailures => "Too many requests from this address failed to authenticate.",
        _ => throw new InvalidOperationException($"Fault {Fault} has no message."),
    };
}
