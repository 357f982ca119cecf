using System.Collections.Frozen;
using System.Text;
using Otelier.Server.Http;
using Otelier.Signals.Otlp;

namespace Otelier.Server.Ingest;

/// <summary><c>grpc.health.v1.Health/Check</c>, answered from the checks behind <c>/health/ready</c>.</summary>
internal sealed class GrpcHealth(HealthEndpoints health)
{
    /// <summary>The path of the one method; <c>Watch</c> is not implemented, which the protocol allows.</summary>
    public const string CheckPath = "/grpc.health.v1.Health/Check";

    /// <summary>The largest request: a service name fits many times over.</summary>
    public const int RequestBytesMax = 4096;

    private const ulong Serving = 1;
    private const ulong NotServing = 2;
    private const uint ServiceTag = (1 << 3) | (uint)WireType.Length;

    // The empty name asks for the server as a whole.
    private static readonly FrozenSet<string> Services =
        OtlpGrpcEndpoints.Services.Append("").Append("grpc.health.v1.Health").ToFrozenSet(StringComparer.Ordinal);

    public async ValueTask<(RpcStatus Status, ReadOnlyMemory<byte> Message)> CheckAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        if (!TryReadService(request.Span, out var service))
            return (new RpcStatus(RpcCode.InvalidArgument, "The health check request could not be read.", BadField: "body"), default);
        if (!Services.Contains(service))
            return (new RpcStatus(RpcCode.NotFound, "There is no such service."), default);
        var isReady = await health.IsOkAsync(HealthKind.Ready, ct);
        var writer = new ProtoWriter(capacity: 4);
        writer.WriteVarint(1, isReady ? Serving : NotServing);
        return (new RpcStatus(RpcCode.Ok), writer.WrittenMemory);
    }

    private static bool TryReadService(ReadOnlySpan<byte> request, out string service)
    {
        service = "";
        var reader = new ProtoReader(request);
        while (reader.TryReadTag(out var tag))
        {
            if (tag == ServiceTag)
                service = Encoding.UTF8.GetString(reader.ReadBytes());
            else
                reader.Skip(tag);
        }

        return reader.Error == DecodeError.None;
    }
}
