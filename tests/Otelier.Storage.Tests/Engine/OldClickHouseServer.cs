using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Storage.Tests.Engine;

/// <summary>
/// Debian's clickhouse-server (18.16, from 2018): a real server of the HTTP interface, with too old an SQL for our schema.
/// One per test class; it listens on a free loopback port and keeps its files in a temporary folder.
/// </summary>
public sealed class OldClickHouseServer : IAsyncLifetime
{
    internal const string Password = "p:w ü'";
    private const string Program = "clickhouse-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("otelier-server-").FullName;
    private Process? _process;

    internal HttpOptions Options { get; private set; } = new() { Endpoint = new Uri("http://127.0.0.1:1") };

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(_folder, "config.xml"), $"""
            <yandex>
              <logger><level>warning</level><log>{_folder}/server.log</log><errorlog>{_folder}/error.log</errorlog></logger>
              <listen_host>127.0.0.1</listen_host><http_port>{port}</http_port>
              <path>{_folder}/data/</path><tmp_path>{_folder}/tmp/</tmp_path>
              <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>5368709</mark_cache_size><max_concurrent_queries>20</max_concurrent_queries>
            </yandex>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "users.xml"), $"""
            <yandex>
              <profiles><default/></profiles><quotas><default/></quotas>
              <users><writer><password>{Password}</password><networks><ip>127.0.0.1</ip></networks>
                <profile>default</profile><quota>default</quota></writer></users>
            </yandex>
            """, TestContext.Current.CancellationToken);
        _process = Process.Start(new ProcessStartInfo(Program, $"--config-file={_folder}/config.xml")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{Program} does not start; Debian's package clickhouse-server has it.");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Options = new HttpOptions
        {
            Endpoint = new Uri($"http://127.0.0.1:{port}"),
            User = "writer",
            Password = Password,
            RetriesMax = 20,
            RetryDelay = TimeSpan.FromMilliseconds(50),
        };
        await using var transport = new HttpTransport(Options, TimeProvider.System);
        await transport.PingAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
