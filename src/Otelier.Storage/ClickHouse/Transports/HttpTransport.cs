using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Otelier.Storage.ClickHouse.Native;
using Polly;
using Polly.Retry;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// A ClickHouse server behind its HTTP interface. The same statements and blocks as in process: only the way differs.
/// </summary>
internal sealed class HttpTransport : IClickHouseTransport
{
    /// <summary>How long leaving a query early may be held up by telling the server.</summary>
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(10);

    private readonly HttpOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _notRepeatable;

    internal HttpTransport(HttpOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.ConnectionsMax is >= 1 and <= 256, true, nameof(options.ConnectionsMax));
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.RetriesMax is >= 0 and <= 20, true, nameof(options.RetriesMax));
        _options = options;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.ConnectionsMax,
            ConnectTimeout = options.ConnectTimeout,
            // So that a name that moved is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = options.CompressAnswers ? DecompressionMethods.GZip : DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        {
            BaseAddress = options.Endpoint,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
        _repeatable = Retrying(e => e.IsTransient);
        _notRepeatable = Retrying(e => e.NothingExecuted && e.IsTransient);
    }

    /// <summary>Whether the server answers at all; it does not look at credentials.</summary>
    /// <exception cref="ClickHouseException">It does not.</exception>
    internal async Task PingAsync(CancellationToken cancellationToken)
    {
        await _repeatable.ExecuteAsync(
            async token =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/ping");
                using var response = await SendAsync(request, TimeSpan.Zero, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        var address = new HttpAddress(_options).Add(statement).Add("wait_end_of_query", "1").ToString();
        await _notRepeatable.ExecuteAsync(
            async token =>
            {
                using var request = Post(address, new StringContent(statement.Text));
                using var response = await SendAsync(request, statement.Limits.ExecutionTimeMax ?? TimeSpan.FromHours(1), token)
                    .ConfigureAwait(false);
                await DiscardAsync(response, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<NativeBlock> QueryAsync(
        SqlStatement statement,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queryId = Guid.NewGuid().ToString("N");
        var address = new HttpAddress(_options).Add(statement).Add("query_id", queryId).Add("default_format", "Native").ToString();
        var ended = false;
        HttpResponseMessage? response = null;
        try
        {
            // Once blocks have been handed out a repetition would hand them out again, so only the beginning is repeated.
            response = await _repeatable.ExecuteAsync(
                async token =>
                {
                    using var request = Post(address, new StringContent(statement.Text));
                    return await SendAsync(request, statement.Limits.ExecutionTimeMax ?? TimeSpan.Zero, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            if (statement.Meter is { } meter)
                HttpSummary.Read(response, meter);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var answer = new HttpAnswer(stream, _options.SilenceMax + (statement.Limits.ExecutionTimeMax ?? TimeSpan.Zero), _time);
            while (await ReadAsync(answer, cancellationToken).ConfigureAwait(false) is { } block)
                yield return block;
            ended = true;
        }
        finally
        {
            response?.Dispose();
            if (!ended && (response is not null || cancellationToken.IsCancellationRequested))
                await KillAsync(queryId).ConfigureAwait(false);
        }

        async Task<NativeBlock?> ReadAsync(HttpAnswer answer, CancellationToken token)
        {
            try
            {
                return await answer.ReadAsync(token).ConfigureAwait(false);
            }
            catch (ClickHouseException)
            {
                // The server itself says that it is over.
                ended = true;
                throw;
            }
        }
    }

    public async Task<InsertResult> InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        string? deduplicationToken,
        NativeBody body,
        CancellationToken cancellationToken)
    {
        var address = new HttpAddress(_options)
            .Add("query", $"{SqlText.Insert(table, columns)} FORMAT Native")
            .Add("wait_end_of_query", "1");
        if (deduplicationToken is not null)
        {
            address.Add("insert_deduplication_token", SqlText.Token(deduplicationToken)).Add("insert_deduplicate", "1").Add("async_insert", "0")
                .Add("max_partitions_per_insert_block", "0");
        }

        var uri = address.ToString();
        // Without a token a repetition could insert the rows twice.
        var pipeline = deduplicationToken is null ? ResiliencePipeline.Empty : _repeatable;
        return await pipeline.ExecuteAsync(
            async token =>
            {
                using var request = Post(uri, new NativeContent(body, _options.CompressInserts));
                using var response = await SendAsync(request, TimeSpan.Zero, token).ConfigureAwait(false);
                await DiscardAsync(response, token).ConfigureAwait(false);
                return HttpSummary.Of(response);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static HttpRequestMessage Post(string address, HttpContent content) => new(HttpMethod.Post, address) { Content = content };

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan allowed, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(allowed + _options.SilenceMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await HttpFailure.CheckAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClickHouseException.Unreachable($"{_options.Endpoint} has not answered for too long.", e);
        }
        catch (HttpRequestException e)
        {
            var message = $"{_options.Endpoint} cannot be reached: {e.Message}";
            throw e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                ? ClickHouseException.NotConnected(message, e)
                : ClickHouseException.Unreachable(message, e);
        }
        catch (SocketException e)
        {
            // Not wrapped by the handler when a connection goes as soon as it is made; nothing was sent over it.
            throw ClickHouseException.NotConnected($"{_options.Endpoint} cannot be reached: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw ClickHouseException.Unreachable($"The connection to {_options.Endpoint} broke: {e.Message}", e);
        }
    }

    /// <summary>Reads what is left, so that the connection can be used again and a late error is seen.</summary>
    private static async Task DiscardAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await HttpFailure.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
        if (HttpFailure.Find(text) is { } error)
            throw error;
    }

    /// <summary>Tells the server to stop; without it a query goes on until it notices that nobody reads.</summary>
    private async Task KillAsync(string queryId)
    {
        using var timeout = new CancellationTokenSource(KillTimeout, _time);
        try
        {
            // The id is ours: hexadecimal digits. Old servers know no parameters.
            var address = new HttpAddress(_options).ToString();
            using var request = Post(address, new StringContent($"KILL QUERY WHERE query_id = '{queryId}' ASYNC"));
            using var response = await SendAsync(request, TimeSpan.Zero, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException)
        {
            // The server is gone or too slow: the query's own time limit ends it.
        }
    }

    private ResiliencePipeline Retrying(Func<ClickHouseException, bool> isRepeatable)
    {
        if (_options.RetriesMax == 0)
            return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle(isRepeatable),
                MaxRetryAttempts = _options.RetriesMax,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.RetryDelay,
                MaxDelay = RetryDelayMax,
            })
            .Build();
    }
}
