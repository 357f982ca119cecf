using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Otelier.Signals;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>
/// Sends items with consecutive numbers, each number once, and remembers which of them were acknowledged. Numbers whose
/// request failed may or may not have been kept.
/// </summary>
internal sealed class NumberedWriter(Signal signal, string name)
{
    public const string NumberKey = "crash.number";
    public const string WriterKey = "crash.writer";

    private readonly ProtoWriter _request = new();
    private long _next;

    public Signal Signal => signal;

    public string Name => name;

    public HashSet<long> Acknowledged { get; } = [];

    public HashSet<long> Unknown { get; } = [];

    /// <summary>Sends one request of <paramref name="items"/> items.</summary>
    public async Task SendAsync(HttpClient client, Uri otlpHttp, int items, CancellationToken cancellationToken)
    {
        var first = _next;
        _next += items;
        Encode(first, items);
        using var content = new ReadOnlyMemoryContent(_request.WrittenMemory.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        var path = signal switch { Signal.Traces => "/v1/traces", Signal.Logs => "/v1/logs", _ => "/v1/metrics" };
        var numbers = Enumerable.Range(0, items).Select(i => first + i);
        try
        {
            using var answer = await client.PostAsync(new Uri(otlpHttp, path), content, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.Empty(body);
                Acknowledged.UnionWith(numbers);
            }
            else
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Unknown.UnionWith(numbers);
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            // The second when a connection goes as soon as it is made.
            Unknown.UnionWith(numbers);
        }
    }

    private void Encode(long first, int items)
    {
        _request.Clear();
        var group = _request.BeginMessage(1);
        var resource = _request.BeginMessage(1);
        WriteText(1, "service.name", "crash-test");
        WriteText(1, WriterKey, name);
        _request.EndMessage(resource);
        var scope = _request.BeginMessage(2);
        for (var i = 0; i < items; i++)
            EncodeItem(first + i);
        _request.EndMessage(scope);
        _request.EndMessage(group);
    }

    private void EncodeItem(long number)
    {
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var item = _request.BeginMessage(2);
        switch (signal)
        {
            case Signal.Traces:
                _request.WriteBytes(1, RandomNumberGenerator.GetBytes(16));
                _request.WriteBytes(2, RandomNumberGenerator.GetBytes(8));
                _request.WriteString(5, "numbered");
                _request.WriteFixed64(7, now);
                _request.WriteFixed64(8, now + (ulong)number);
                WriteNumber(9, number);
                break;
            case Signal.Logs:
                _request.WriteFixed64(1, now);
                WriteNumber(6, number);
                break;
            default:
                _request.WriteString(1, "crash.points");
                var gauge = _request.BeginMessage(5);
                var point = _request.BeginMessage(1);
                _request.WriteFixed64(3, now);
                _request.WriteFixed64(6, (ulong)number);
                _request.EndMessage(point);
                _request.EndMessage(gauge);
                break;
        }

        _request.EndMessage(item);
    }

    private void WriteText(int field, string key, string value)
    {
        var attribute = _request.BeginMessage(field);
        _request.WriteString(1, key);
        var any = _request.BeginMessage(2);
        _request.WriteString(1, value);
        _request.EndMessage(any);
        _request.EndMessage(attribute);
    }

    private void WriteNumber(int field, long number)
    {
        var attribute = _request.BeginMessage(field);
        _request.WriteString(1, NumberKey);
        var any = _request.BeginMessage(2);
        _request.WriteVarint(3, (ulong)number);
        _request.EndMessage(any);
        _request.EndMessage(attribute);
    }
}
