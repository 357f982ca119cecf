using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>A real server in a process of its own, on loopback ports of its own, which a test may kill.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly Queue<string> _output = new();

    private ServerProcess(string dataDirectory, int api, int grpc, int http, IEnumerable<string> settings)
    {
        Api = new Uri($"http://127.0.0.1:{api}");
        OtlpGrpc = new Uri($"http://127.0.0.1:{grpc}");
        OtlpHttp = new Uri($"http://127.0.0.1:{http}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "otelier-server.dll"));
        foreach (var setting in (IEnumerable<string>)
            [$"--DataDir={dataDirectory}", $"--Listen:Api={Api}", $"--Listen:OtlpGrpc={OtlpGrpc}", $"--Listen:OtlpHttp={OtlpHttp}", .. settings])
            start.ArgumentList.Add(setting.TrimEnd('/'));
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Api { get; }

    public Uri OtlpGrpc { get; }

    public Uri OtlpHttp { get; }

    public int ProcessId => _process.Id;

    /// <summary>The last lines it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts a server and waits until it is ready for requests.</summary>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, CancellationToken cancellationToken, params IEnumerable<string> settings)
    {
        var ports = FreePorts(3);
        var server = new ServerProcess(dataDirectory, ports[0], ports[1], ports[2], settings);
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, and waits for the end; the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until everything acknowledged is in the store.</summary>
    public async Task WaitUntilDrainedAsync(HttpClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            var metrics = await client.GetStringAsync(new Uri(Api, "/metrics"), cancellationToken);
            var lags = metrics.Split('\n').Where(line => line.StartsWith("otelier_drain_lag_records{", StringComparison.Ordinal)).ToList();
            Assert.Equal(3, lags.Count);
            if (lags.All(line => line.EndsWith(" 0", StringComparison.Ordinal)))
                return;
            await Task.Delay(Poll, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ReadyWithin);
        using var client = new HttpClient(new SocketsHttpHandler());
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended with {_process.ExitCode} before it was ready:\n{Output}");
            try
            {
                using var answer = await client.GetAsync(new Uri(Api, "/health/ready"), deadline.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception refused) when (refused is HttpRequestException or SocketException)
            {
                // Not listening yet.
            }

            await Task.Delay(Poll, deadline.Token);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        const int LinesMax = 200;
        lock (_output)
        {
            if (line.Data is not null)
                _output.Enqueue(line.Data);
            if (_output.Count > LinesMax)
                _output.Dequeue();
        }
    }
}
