using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Otelier.Signals;

namespace Otelier.Benchmarks.Processes;

/// <summary>The real server, as a process of its own on free loopback ports.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int OutputLinesMax = 50;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(25);

    private readonly Queue<string> _output = new();

    private ServerProcess(Process process, string directory)
    {
        Process = process;
        Directory = directory;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Process Process { get; }

    /// <summary>Where its data is.</summary>
    public string Directory { get; }

    public required Uri Api { get; init; }

    public required Uri OtlpHttp { get; init; }

    public required Uri OtlpGrpc { get; init; }

    /// <summary>For the API and OTLP/HTTP; one connection is kept, so a latency is that of the request alone.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has its last words.</exception>
    public static async Task<ServerProcess> StartAsync(BenchContext context, string directory, CancellationToken cancellationToken, params string[] settings)
    {
        var ports = FreePorts(3);
        Uri Address(int i) => new($"http://127.0.0.1:{ports[i]}");
        var process = Process.Start(Programs.StartOf(
            context.Programs.Server,
            [$"--DataDir={directory}", $"--Listen:Api={Origin(0)}", $"--Listen:OtlpHttp={Origin(1)}", $"--Listen:OtlpGrpc={Origin(2)}", .. settings]))!;
        string Origin(int i) => Address(i).GetLeftPart(UriPartial.Authority);
        var server = new ServerProcess(process, directory) { Api = Address(0), OtlpHttp = Address(1), OtlpGrpc = Address(2) };
        try
        {
            await server.WaitReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<PrometheusText> ScrapeAsync(CancellationToken cancellationToken) =>
        new(await Client.GetStringAsync(new Uri(Api, "/metrics"), cancellationToken));

    /// <summary>Waits until everything acknowledged of <paramref name="signal"/> is in the store, where queries count it.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> WaitDrainedAsync(Signal signal, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var lag = (await ScrapeAsync(cancellationToken)).Sum("otelier_drain_lag_records", LabelOf(signal))
                ?? throw new InvalidOperationException($"/metrics does not tell otelier_drain_lag_records of {signal}.");
            if (lag == 0)
                return Stopwatch.GetElapsedTime(started);
            if (Stopwatch.GetElapsedTime(started) > DrainMax)
                throw new InvalidOperationException($"{lag} requests are not in the store {DrainMax} after the last one.\n{LastWords()}");
            await Task.Delay(DrainPoll, cancellationToken);
        }
    }

    /// <summary>Asks it to end and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Process.HasExited)
            throw new InvalidOperationException($"The server ended by itself.\n{LastWords()}");
        PosixSignal.RequestEnd(Process.Id);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StopMax);
        await Process.WaitForExitAsync(timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
        }

        Process.Dispose();
    }

    private static string LabelOf(Signal signal) => $"signal=\"{signal.ToString().ToLowerInvariant()}\"";

    private async Task WaitReadyAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartMax && !Process.HasExited)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri(Api, "/health/ready"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception refused) when (refused is HttpRequestException or SocketException)
            {
                // It does not listen yet.
            }

            await Task.Delay(DrainPoll, cancellationToken);
        }

        throw new InvalidOperationException($"The server was not ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.\n{LastWords()}");
    }

    private static int[] FreePorts(int count)
    {
        // All are held at once, so that no port is given twice.
        var listeners = new TcpListener[count];
        for (var i = 0; i < count; i++)
            (listeners[i] = new TcpListener(IPAddress.Loopback, 0)).Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > OutputLinesMax)
                _output.Dequeue();
        }
    }

    private string LastWords()
    {
        lock (_output)
            return string.Join('\n', _output);
    }
}
