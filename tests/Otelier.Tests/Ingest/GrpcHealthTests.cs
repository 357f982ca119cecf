using System.Text;
using Otelier.Server.Http;
using Xunit;

namespace Otelier.Tests.Ingest;

public sealed class GrpcHealthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true, 1)]
    [InlineData("", false, 2)]
    [InlineData("opentelemetry.proto.collector.trace.v1.TraceService", true, 1)]
    [InlineData("opentelemetry.proto.collector.logs.v1.LogsService", false, 2)]
    public async Task Health_check_says_whether_the_server_is_ready(string service, bool isReady, byte expected)
    {
        var check = new HealthCheck("log", HealthKind.Ready, _ => ValueTask.FromResult(new HealthState(isReady)));
        await using var server = await EdgeServer.StartAsync(Ct, configure: null, check);
        using var client = new GrpcClient(server.OtlpGrpc);
        byte[] message = service.Length == 0 ? [] : [0x0A, (byte)service.Length, .. Encoding.ASCII.GetBytes(service)];

        var response = await client.CallAsync(GrpcClient.HealthCheck, GrpcClient.Frame(message), Ct);

        Assert.Equal(0, response.Status);
        Assert.Equal(GrpcClient.Frame([0x08, expected]), response.Body);
    }

    [Fact]
    public async Task Health_check_of_an_unknown_service_is_not_found()
    {
        await using var server = await EdgeServer.StartAsync(Ct);
        using var client = new GrpcClient(server.OtlpGrpc);

        var unknown = await client.CallAsync(GrpcClient.HealthCheck, GrpcClient.Frame([0x0A, 1, (byte)'x']), Ct);
        var broken = await client.CallAsync(GrpcClient.HealthCheck, GrpcClient.Frame([0x0A, 9]), Ct);

        Assert.Equal((5, 3), (unknown.Status, broken.Status));
    }
}
