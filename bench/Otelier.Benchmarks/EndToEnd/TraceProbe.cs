using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Otelier.Benchmarks.Processes;
using Otelier.Signals.Otlp;

namespace Otelier.Benchmarks.EndToEnd;

/// <summary>Sends a trace of its own and asks for it until it is there.</summary>
internal static class TraceProbe
{
    /// <summary>Seldom enough that asking is no load of its own.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PollMax = TimeSpan.FromSeconds(30);

    /// <returns>From its acknowledgement until the API answered with it.</returns>
    /// <exception cref="InvalidOperationException">It was refused, or is not there in half a minute.</exception>
    public static async Task<TimeSpan> RunAsync(ServerProcess server, ulong number, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower([.. BitConverter.GetBytes(0x0B5E_55ED_0B5E_55ED), .. BitConverter.GetBytes(number)]);
        using var content = new ByteArrayContent(Request(id, (ulong)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using (var acknowledged = await server.Client.PostAsync(new Uri(server.OtlpHttp, "/v1/traces"), content, cancellationToken))
            acknowledged.EnsureSuccessStatusCode();

        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < PollMax)
        {
            using var answer = await server.Client.GetAsync(new Uri(server.Api, $"/api/v1/traces/{id}"), cancellationToken);
            if (answer.IsSuccessStatusCode)
                return Stopwatch.GetElapsedTime(started);
            if (answer.StatusCode != HttpStatusCode.NotFound)
                throw new InvalidOperationException($"GET of a trace answered {(int)answer.StatusCode}.");
            await Task.Delay(Poll, cancellationToken);
        }

        throw new InvalidOperationException($"A trace was not there {PollMax.TotalSeconds:0} s after its acknowledgement.");
    }

    private static byte[] Request(string id, ulong nowNanos)
    {
        var writer = new ProtoWriter();
        var resourceSpans = writer.BeginMessage(1);
        var resource = writer.BeginMessage(1);
        var attribute = writer.BeginMessage(1);
        writer.WriteString(1, "service.name");
        var value = writer.BeginMessage(2);
        writer.WriteString(1, "bench-probe");
        writer.EndMessage(value);
        writer.EndMessage(attribute);
        writer.EndMessage(resource);
        var scopeSpans = writer.BeginMessage(2);
        var span = writer.BeginMessage(2);
        writer.WriteBytes(1, Convert.FromHexString(id));
        writer.WriteBytes(2, Encoding.ASCII.GetBytes(id[..8]));
        writer.WriteString(5, "probe");
        writer.WriteFixed64(7, nowNanos);
        writer.WriteFixed64(8, nowNanos + 1);
        writer.EndMessage(span);
        writer.EndMessage(scopeSpans);
        writer.EndMessage(resourceSpans);
        return writer.WrittenSpan.ToArray();
    }
}
