using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Otelier.Signals;
using Otelier.Signals.Filters;

namespace Otelier.Server.Http;

/// <summary>
/// Where a search goes on, and over which range: a relative range must not move between two pages.
/// </summary>
internal readonly record struct Cursor(PageKey Key, TimeRange Range);

/// <summary>
/// Writes cursors as opaque texts that nobody can alter, or use for another search or tenant than the one they came from: base64url of
/// the place, a hash of the search, and an HMAC-SHA256 over both.
/// </summary>
internal sealed class CursorCodec(byte[] key)
{
    public const int KeySize = 32;

    private const byte Version = 1;
    private const int MacSize = 16;
    private const int SearchSize = 16;
    private const int HeadSize = 1 + (3 * sizeof(ulong)) + sizeof(int) + SearchSize;
    private const int TextLengthMax = 4096;

    /// <summary>Names a search: everything that decides which rows there are and in what order.</summary>
    /// <param name="route">Which search.</param>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="query">The parameters; size and place of the page do not count, nor whether the rows are counted.</param>
    /// <param name="filter">The filter as it was understood: in whatever form and spelling it was sent, the search is the same.</param>
    public static byte[] SearchOf(string route, TenantId tenant, IQueryCollection query, Filter? filter)
    {
        var parts = query
            .Where(parameter => parameter.Key is not ("q" or "cursor" or "limit" or "format" or "total"))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .SelectMany(parameter => parameter.Value.Select(value => $"{parameter.Key.Length}:{parameter.Key}={value?.Length ?? 0}:{value}"));
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{route}\n{tenant.Value}\n{string.Concat(parts)}\n{(filter is null ? "" : FilterText.Format(filter))}"))[..SearchSize];
    }

    public string Write(Cursor cursor, ReadOnlySpan<byte> search)
    {
        var id = Encoding.UTF8.GetBytes(cursor.Key.Id);
        var bytes = new byte[HeadSize + id.Length + MacSize];
        bytes[0] = Version;
        var rest = bytes.AsSpan(1);
        BinaryPrimitives.WriteUInt64LittleEndian(rest, cursor.Key.TimeUnixNano);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], cursor.Range.StartUnixNano);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[16..], cursor.Range.EndUnixNano);
        BinaryPrimitives.WriteInt32LittleEndian(rest[24..], cursor.Key.Repeats);
        search.CopyTo(rest[28..]);
        id.CopyTo(bytes.AsSpan(HeadSize));
        Mac(bytes.AsSpan(0, HeadSize + id.Length)).CopyTo(bytes.AsSpan(HeadSize + id.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary><see langword="false"/> for a text that this server did not write for this very search.</summary>
    public bool TryRead([NotNullWhen(true)] string? text, ReadOnlySpan<byte> search, out Cursor cursor)
    {
        cursor = default;
        if (text is null || text.Length > TextLengthMax || !Base64Url.IsValid(text))
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < HeadSize + MacSize)
            return false;
        var signed = bytes.AsSpan(0, bytes.Length - MacSize);
        if (!CryptographicOperations.FixedTimeEquals(Mac(signed), bytes.AsSpan(signed.Length)) || signed[0] != Version)
            return false;
        var rest = signed[1..];
        if (!rest.Slice(28, SearchSize).SequenceEqual(search))
            return false;
        cursor = new Cursor(
            new PageKey(BinaryPrimitives.ReadUInt64LittleEndian(rest), Encoding.UTF8.GetString(signed[HeadSize..]), BinaryPrimitives.ReadInt32LittleEndian(rest[24..])),
            new TimeRange(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]), BinaryPrimitives.ReadUInt64LittleEndian(rest[16..])));
        return true;
    }

    /// <summary>The key of a data directory, made the first time, so that cursors outlive a restart. Readable by the owner alone.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static byte[] LoadOrCreateKey(string directory)
    {
        var path = Path.Combine(directory, "cursor.key");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeySize } known)
            return known;
        var made = RandomNumberGenerator.GetBytes(KeySize);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(made);
        return made;
    }

    private byte[] Mac(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(key, bytes)[..MacSize];
}
