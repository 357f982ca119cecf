using System.Text;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>The address of one statement: database, settings and parameters travel in it.</summary>
internal sealed class HttpAddress
{
    private readonly StringBuilder _text = new("/?database=");

    internal HttpAddress(HttpOptions options)
    {
        Append(Encoding.UTF8.GetBytes(options.Database));
        if (options.CompressAnswers)
            Add("enable_http_compression", "1");
    }

    internal HttpAddress Add(SqlStatement statement)
    {
        foreach (var (name, value) in statement.Limits.Settings())
            Add(name, value);
        foreach (var parameter in statement.Parameters)
        {
            _text.Append("&param_");
            Append(Encoding.UTF8.GetBytes(parameter.Name));
            _text.Append('=');
            Append(parameter.Text.Span);
        }

        return this;
    }

    /// <summary>Adds a setting; the name is ours.</summary>
    internal HttpAddress Add(string name, string value)
    {
        _text.Append('&').Append(name).Append('=');
        Append(Encoding.UTF8.GetBytes(value));
        return this;
    }

    public override string ToString() => _text.ToString();

    // Values are bytes, not always text, so they are escaped byte by byte.
    private void Append(ReadOnlySpan<byte> value)
    {
        const string Digits = "0123456789ABCDEF";
        foreach (var b in value)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
                _text.Append((char)b);
            else
                _text.Append('%').Append(Digits[b >> 4]).Append(Digits[b & 15]);
        }
    }
}
