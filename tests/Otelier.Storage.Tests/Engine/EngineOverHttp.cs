using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Otelier.Storage.ClickHouse.Interop;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Storage.Tests.Engine;

/// <summary>What the next request meets instead of the engine.</summary>
internal enum HttpFault
{
    None,
    ServiceUnavailable,
    CloseBeforeAnswer,
    CloseAfterCommit,
    ExceptionAfterFirstBlock,
    CloseWithinBlock,
}

/// <summary>
/// ClickHouse's HTTP interface in front of the in-process engine, as far as our transport uses it: a current engine over HTTP,
/// which no server to be had here is. Parameters and settings reach the engine as they came. It can also fail on demand.
/// </summary>
internal sealed class EngineOverHttp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestEngine _engine;
    private readonly SemaphoreSlim _one = new(1);
    private readonly ChdbConnection _connection;

    private EngineOverHttp(TestEngine engine)
    {
        _engine = engine;
        _connection = ChdbConnection.Open(engine.IsOnDisk ? engine.Folder : null, []);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(o =>
        {
            o.Limits.MaxRequestLineSize = 4 << 20;
            o.Limits.MaxRequestBufferSize = 8 << 20;
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    internal Queue<HttpFault> Faults { get; } = [];

    /// <summary>The requests that came, faults included.</summary>
    internal List<string> Queries { get; } = [];

    internal HttpOptions Options => new()
    {
        Endpoint = new Uri(_app.Urls.Single()),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        SilenceMax = TimeSpan.FromSeconds(30),
    };

    internal static async Task<EngineOverHttp> OpenAsync(EngineKind kind)
    {
        var server = new EngineOverHttp(await TestEngine.OpenAsync(kind));
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _connection.Dispose();
        await _engine.DisposeAsync();
        _one.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        await _one.WaitAsync(context.RequestAborted);
        try
        {
            Run(context);
        }
        catch (ClickHouseException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = 500;
            context.Response.Headers.ContentEncoding = default;
            context.Response.Headers["X-ClickHouse-Exception-Code"] = e.Code.ToString();
            await context.Response.WriteAsync(e.Message, context.RequestAborted);
        }
        finally
        {
            _one.Release();
        }
    }

    private void Run(HttpContext context)
    {
        var arguments = RawArguments(context);
        var fault = Faults.TryDequeue(out var next) ? next : HttpFault.None;
        Stream body = context.Request.Body;
        if (context.Request.Headers.ContentEncoding == "gzip")
            body = new GZipStream(body, CompressionMode.Decompress);
        var query = arguments.TryGetValue("query", out var inAddress) ? Encoding.UTF8.GetString(inAddress) : new StreamReader(body).ReadToEnd();
        Queries.Add(query);
        switch (fault)
        {
            case HttpFault.ServiceUnavailable:
                context.Response.StatusCode = 503;
                return;
            case HttpFault.CloseBeforeAnswer:
                context.Abort();
                return;
        }

        foreach (var (name, value) in arguments.Where(a => a.Key.StartsWith("max_", StringComparison.Ordinal) || a.Key == "result_overflow_mode"))
            _connection.Execute($"SET {name} = '{Encoding.UTF8.GetString(value)}'", []);
        if (inAddress is not null)
            Insert(query, arguments, body);
        else
            Answer(context, query, arguments, fault);
        if (fault == HttpFault.CloseAfterCommit)
            context.Abort();
    }

    private void Insert(string query, Dictionary<string, byte[]> arguments, Stream body)
    {
        Assert.EndsWith(" FORMAT Native", query, StringComparison.Ordinal);
        var token = arguments.TryGetValue("insert_deduplication_token", out var bytes) ? Encoding.UTF8.GetString(bytes) : "";
        using var insert = _connection.Insert($"{query[..^14]} SETTINGS insert_deduplication_token = '{token}'");
        var buffer = new byte[4096];
        while (body.Read(buffer) is > 0 and var read)
            insert.Append(buffer.AsSpan(0, read));
        insert.Complete();
    }

    private void Answer(HttpContext context, string query, Dictionary<string, byte[]> arguments, HttpFault fault)
    {
        var parameters = arguments.Where(a => a.Key.StartsWith("param_", StringComparison.Ordinal))
            .Select(a => SqlParameter.Escaped(a.Key[6..], a.Value)).ToList();
        if (!arguments.ContainsKey("default_format"))
        {
            _connection.Execute(query, parameters);
            return;
        }

        using var result = _connection.Query(query, parameters);
        Stream output = context.Response.Body;
        if (arguments.ContainsKey("enable_http_compression") && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip"))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            output = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        }

        while (result.Fetch(null) is { } chunk)
        {
            // In small pieces, so that the reader meets block boundaries anywhere.
            if (fault == HttpFault.CloseWithinBlock)
                chunk = chunk[..(chunk.Length / 2)];
            for (var i = 0; i < chunk.Length; i += 1000)
            {
                output.Write(chunk.AsSpan(i, Math.Min(1000, chunk.Length - i)));
                output.Flush();
            }

            if (fault == HttpFault.CloseWithinBlock)
            {
                context.Abort();
                return;
            }

            if (fault == HttpFault.ExceptionAfterFirstBlock)
            {
                output.Write("Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED) (version 26.7.2.1)\n"u8);
                break;
            }
        }

        if (output != context.Response.Body)
            output.Dispose();
    }

    /// <summary>The address's arguments as bytes: the framework's would make text of them.</summary>
    private static Dictionary<string, byte[]> RawArguments(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? [] : target[(question + 1)..].Split('&').Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => Unescape(a[1]));
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
            i += 2;
        }

        return [.. bytes];
    }
}
