using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Otelier.Server.Auth;

/// <summary>A key that tokens are signed with.</summary>
/// <param name="Id">The token's <c>kid</c>.</param>
/// <param name="Secret">The key, as base64url.</param>
/// <param name="CreatedAt">When it began to sign.</param>
internal sealed record SigningKey(string Id, string Secret, DateTimeOffset CreatedAt)
{
    public byte[] Mac(ReadOnlySpan<byte> signed) => HMACSHA256.HashData(Base64Url.DecodeFromChars(Secret), signed);
}

/// <summary>
/// The keys that tokens are signed with. One signs, for a while; those before it verify until their last token has expired. They are in
/// a file of the data directory that its owner alone can read, not in a table: whoever may read tables could otherwise make tokens.
/// </summary>
internal sealed partial class SigningKeys
{
    private const string FileName = "token-keys.json";
    private const int SecretSize = 32;
    private const int IdSize = 8;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly TimeSpan _signFor;
    private readonly TimeSpan _verifyFor;
    private readonly TimeProvider _time;
    private List<SigningKey> _keys;

    private SigningKeys(string? path, List<SigningKey> keys, TimeSpan signFor, TimeSpan verifyFor, TimeProvider time) =>
        (_path, _keys, _signFor, _verifyFor, _time) = (path, keys, signFor, verifyFor, time);

    /// <param name="directory">Where the file is; <see langword="null"/> for keys that end with the process.</param>
    /// <param name="signFor">How long a key signs.</param>
    /// <param name="verifyFor">How long the longest token is valid.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of a file that cannot be read; then all tokens are void.</param>
    public static SigningKeys Open(string? directory, TimeSpan signFor, TimeSpan verifyFor, TimeProvider time, ILogger logger)
    {
        var path = directory is null ? null : Path.Combine(directory, FileName);
        List<SigningKey>? known = null;
        if (path is not null && File.Exists(path))
        {
            try
            {
                known = JsonSerializer.Deserialize(File.ReadAllBytes(path), AuthJsonContext.Default.ListSigningKey);
            }
            catch (JsonException fault)
            {
                LogUnreadable(logger, path, fault.Message);
            }
        }

        return new SigningKeys(path, known ?? [], signFor, verifyFor, time);
    }

    /// <summary>The key that signs now; the next one where its time is over.</summary>
    /// <exception cref="IOException">The next one cannot be written.</exception>
    public SigningKey Current()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (_keys.Count > 0 && now - _keys[^1].CreatedAt < _signFor)
                return _keys[^1];
            var made = new SigningKey(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretSize)), now);
            // A key's last token is as old as the key after it.
            List<SigningKey> keys = [.. _keys.Where((_, i) => i == _keys.Count - 1 || now - _keys[i + 1].CreatedAt < _verifyFor), made];
            if (_path is not null)
                Write(_path, keys);
            _keys = keys;
            return made;
        }
    }

    public SigningKey? Find(string id)
    {
        lock (_lock)
            return _keys.Find(key => key.Id == id);
    }

    private static void Write(string path, List<SigningKey> keys)
    {
        var temporary = path + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(keys, AuthJsonContext.Default.ListSigningKey));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    [LoggerMessage(EventName = "SigningKeysUnreadable", Level = LogLevel.Warning, Message = "{Path} cannot be read ({Reason}); tokens given out so far are void")]
    private static partial void LogUnreadable(ILogger logger, string path, string reason);
}
