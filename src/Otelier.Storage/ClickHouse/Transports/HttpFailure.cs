using System.Globalization;
using System.Net;
using System.Text;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>How a ClickHouse server says over HTTP that a statement failed.</summary>
internal static class HttpFailure
{
    /// <summary>How much of an error's text is read, in bytes.</summary>
    private const int TextBytesMax = 64 * 1024;

    private const string CodeHeader = "X-ClickHouse-Exception-Code";

    /// <summary>Gives the response back when it says success, and disposes it and throws when it does not.</summary>
    internal static async Task<HttpResponseMessage> CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var hasCode = response.Headers.TryGetValues(CodeHeader, out var codes);
        if (response.StatusCode == HttpStatusCode.OK && !hasCode)
            return response;
        using (response)
        {
            var text = Encoding.UTF8.GetString(await ReadTextAsync(response, cancellationToken).ConfigureAwait(false));
            if (text.Contains("DB::Exception", StringComparison.Ordinal) || text.Contains("Code: ", StringComparison.Ordinal))
                throw ClickHouseException.Parse(text);
            if (hasCode && int.TryParse(codes!.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new ClickHouseException(code, "", ClickHouseException.Classify(code), text);
            throw new ClickHouseException(0, "", Classify(response.StatusCode), $"The server answered {(int)response.StatusCode}. {text}".Trim());
        }
    }

    /// <summary>The beginning of a body.</summary>
    internal static async Task<byte[]> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var text = new byte[TextBytesMax];
        try
        {
            var length = await stream.ReadAtLeastAsync(text, TextBytesMax, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return text[..length];
        }
        catch (InvalidDataException)
        {
            // An error's text that is not compressed although the headers, written before the error, say so.
            return [];
        }
    }

    /// <summary>The failure that a body tells of where a block should begin; null when it tells of none.</summary>
    internal static ClickHouseException? Find(ReadOnlySpan<byte> body)
    {
        if (body.Length > TextBytesMax)
            body = body[^TextBytesMax..];
        var at = body.IndexOf("DB::Exception"u8);
        if (at < 0)
            return null;
        var from = body[..at].LastIndexOf("Code: "u8);
        if (from < 0)
            return null;
        var text = body[from..];
        // Newer servers close the text with a line of their own.
        var end = text.IndexOf("\r\n"u8);
        if (end < 0)
            end = text.IndexOf((byte)0);
        return ClickHouseException.Parse(Encoding.UTF8.GetString(end < 0 ? text : text[..end]));
    }

    private static ClickHouseErrorKind Classify(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ClickHouseErrorKind.Access,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => ClickHouseErrorKind.Busy,
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => ClickHouseErrorKind.Connection,
        _ => ClickHouseErrorKind.Other,
    };
}
