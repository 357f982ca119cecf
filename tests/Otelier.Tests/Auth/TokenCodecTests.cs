using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Server.Auth;
using Otelier.Server.Http;
using Otelier.Signals;
using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>What is a token and what is none, with keys that are at hand to sign anything.</summary>
public sealed class TokenCodecTests
{
    private const string Header = """{"alg":"HS256","typ":"JWT","kid":"KID"}""";
    private const string Claims =
        """{"iss":"otelier","aud":"otelier-api","sub":"k1","tenant":"acme","role":"viewer","iat":1750000000,"exp":1750003600,"jti":"t1"}""";

    private readonly SteppedTime _time = new(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));
    private readonly SigningKeys _keys;
    private readonly TokenCodec _codec;

    public TokenCodecTests()
    {
        _keys = SigningKeys.Open(null, TimeSpan.FromDays(1), TimeSpan.FromHours(2), _time, NullLogger.Instance);
        _codec = new TokenCodec(_keys, _time);
    }

    [Fact]
    public void A_token_that_was_written_is_read_back()
    {
        Assert.True(TenantId.TryParse("acme", out var tenant));
        var claims = new TokenClaims(TokenCodec.ApiAudience, "k1", tenant, Role.Editor, 1_750_000_000, 1_750_003_600, "t1");

        Assert.Equal(AuthFault.None, _codec.Read(_codec.Write(claims), TokenCodec.ApiAudience, out var read));
        Assert.Equal(claims, read);
        Assert.Equal(AuthFault.None, Read(Header, Claims));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.!!")]
    [InlineData("e30=.e30.e30")]
    [InlineData("e30 .e30.e30")]
    [InlineData("bm8.e30.e30")]
    public void What_is_not_three_parts_of_base64url_with_objects_is_malformed(string token)
    {
        var fault = _codec.Read(token, TokenCodec.ApiAudience, out _);

        Assert.Contains(fault, (AuthFault[])[AuthFault.TokenMalformed, AuthFault.TokenAlgorithm]);
        Assert.Equal(AuthFault.TokenMalformed, _codec.Read(new string('a', 5000) + ".e30.e30", TokenCodec.ApiAudience, out _));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT","kid":"KID"}""", "TokenAlgorithm")]
    [InlineData("""{"alg":"None","typ":"JWT","kid":"KID"}""", "TokenAlgorithm")]
    [InlineData("""{"alg":"hs256","typ":"JWT","kid":"KID"}""", "TokenAlgorithm")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"KID"}""", "TokenAlgorithm")]
    [InlineData("""{"alg":["HS256"],"typ":"JWT","kid":"KID"}""", "TokenAlgorithm")]
    [InlineData("""{"typ":"JWT","kid":"KID"}""", "TokenAlgorithm")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"another"}""", "TokenKeyUnknown")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"../../etc/passwd"}""", "TokenKeyUnknown")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":7}""", "TokenMalformed")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", "TokenMalformed")]
    [InlineData("""{"alg":"HS256","typ":"JWE","kid":"KID"}""", "TokenMalformed")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"KID","crit":["exp"]}""", "TokenMalformed")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"KID","jwk":{}}""", "TokenMalformed")]
    [InlineData("""{"alg":"none","alg":"HS256","typ":"JWT","kid":"KID"}""", "TokenMalformed")]
    [InlineData("""["HS256"]""", "TokenMalformed")]
    [InlineData("null", "TokenMalformed")]
    [InlineData("{", "TokenMalformed")]
    public void A_header_that_is_not_ours_is_refused_however_well_it_is_signed(string header, string fault) =>
        Assert.Equal(fault, Read(header, Claims).ToString());

    [Theory]
    [InlineData("\"otelier\"", "\"somebody\"", "TokenIssuer")]
    [InlineData("\"otelier-api\"", "\"authenticated\"", "TokenAudience")]
    [InlineData("\"otelier-api\"", "\"otelier-refresh\"", "TokenAudience")]
    [InlineData("\"otelier-api\"", "[\"otelier-api\"]", "TokenClaims")]
    [InlineData("\"k1\"", "1", "TokenClaims")]
    [InlineData("\"k1\"", "null", "TokenClaims")]
    [InlineData("\"acme\"", "\"../acme\"", "TokenClaims")]
    [InlineData("\"acme\"", "{}", "TokenClaims")]
    [InlineData("\"viewer\"", "\"root\"", "TokenClaims")]
    [InlineData("\"viewer\"", "3", "TokenClaims")]
    [InlineData("1750003600", "\"1750003600\"", "TokenClaims")]
    [InlineData("1750003600", "1750003600.5", "TokenClaims")]
    [InlineData("1750003600", "1e400", "TokenClaims")]
    [InlineData("1750003600", "-1", "TokenClaims")]
    [InlineData("1750003600", "1750000000", "TokenExpired")]
    [InlineData("1750000000", "1750000061", "TokenClaims")]
    [InlineData(",\"jti\":\"t1\"", "", "TokenClaims")]
    [InlineData(",\"jti\":\"t1\"", ",\"jti\":\"t1\",\"admin\":true", "TokenClaims")]
    [InlineData(",\"jti\":\"t1\"", ",\"jti\":\"t1\",\"role\":\"admin\"", "TokenMalformed")]
    public void Claims_that_are_not_ours_are_refused_however_well_they_are_signed(string from, string to, string fault) =>
        Assert.Equal(fault, Read(Header, Claims.Replace(from, to, StringComparison.Ordinal)).ToString());

    [Fact]
    public void A_changed_token_has_a_wrong_signature()
    {
        var token = Sign(Header, Claims);
        var parts = token.Split('.');
        var forged = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Claims.Replace("viewer", "admin", StringComparison.Ordinal)));

        Assert.Equal(AuthFault.TokenSignature, _codec.Read($"{parts[0]}.{forged}.{parts[2]}", TokenCodec.ApiAudience, out _));
        Assert.Equal(AuthFault.TokenSignature, _codec.Read($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[32])}", TokenCodec.ApiAudience, out _));
        Assert.Equal(AuthFault.TokenSignature, _codec.Read($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[16])}", TokenCodec.ApiAudience, out _));
    }

    [Fact]
    public void A_token_is_void_from_the_second_it_expires()
    {
        var token = Sign(Header, Claims);
        _time.Now = DateTimeOffset.FromUnixTimeSeconds(1_750_003_599);
        Assert.Equal(AuthFault.None, _codec.Read(token, TokenCodec.ApiAudience, out _));

        _time.Now = DateTimeOffset.FromUnixTimeSeconds(1_750_003_600);

        Assert.Equal(AuthFault.TokenExpired, _codec.Read(token, TokenCodec.ApiAudience, out _));
    }

    [Fact]
    public void A_signing_key_that_has_been_followed_verifies_until_its_last_token_expires()
    {
        var first = _keys.Current();
        _time.Now += TimeSpan.FromDays(1);
        var second = _keys.Current();
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotNull(_keys.Find(first.Id));

        _time.Now += TimeSpan.FromDays(1);
        _keys.Current();

        Assert.Null(_keys.Find(first.Id));
        Assert.NotNull(_keys.Find(second.Id));
    }

    [Fact]
    public void Signing_keys_outlive_the_process_and_are_readable_by_their_owner_alone()
    {
        using var directory = new EndToEnd.TemporaryDirectory();
        SigningKeys Open() => SigningKeys.Open(directory.Path, TimeSpan.FromDays(1), TimeSpan.FromHours(2), _time, NullLogger.Instance);

        var key = Open().Current();

        Assert.Equal(key, Open().Current());
        var file = Assert.Single(Directory.GetFiles(directory.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.WriteAllText(file, "garbage");
        Assert.NotEqual(key, Open().Current());
    }

    private AuthFault Read(string header, string claims) => _codec.Read(Sign(header, claims), TokenCodec.ApiAudience, out _);

    private string Sign(string header, string claims)
    {
        var key = _keys.Current();
        var signed = $"{Encode(header.Replace("KID", key.Id, StringComparison.Ordinal))}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Base64Url.DecodeFromChars(key.Secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
