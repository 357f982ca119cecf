using System.Collections.Concurrent;
using Otelier.Server.Ingest;

namespace Otelier.Tests.Ingest;

/// <summary>What the edge handed over, copied, for its memory is pooled.</summary>
public sealed record Handed(string Signal, string Encoding, string Coding, byte[] Received, byte[] Body);

/// <summary>A pipeline that notes what it gets and answers as it is told.</summary>
internal sealed class ScriptedPipeline
{
    private readonly ConcurrentQueue<Handed> _handed = new();

    public Func<IngestRequest, CancellationToken, ValueTask<IngestResult>> Script { get; set; } =
        (_, _) => ValueTask.FromResult(new IngestResult(IngestOutcome.Accepted));

    public IReadOnlyList<Handed> Requests => [.. _handed];

    public void Answer(IngestResult result) => Script = (_, _) => ValueTask.FromResult(result);

    public ValueTask<IngestResult> IngestAsync(IngestRequest request, CancellationToken ct)
    {
        _handed.Enqueue(new Handed(
            request.Signal.ToString(), request.Encoding.ToString(), request.Coding.ToString(), request.Received.ToArray(), request.Body.ToArray()));
        return Script(request, ct);
    }
}
