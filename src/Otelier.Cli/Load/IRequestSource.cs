namespace Otelier.Cli.Load;

/// <summary>A request ready to be sent.</summary>
/// <param name="Wire">Everything that goes over the connection; valid until the next request is taken.</param>
/// <param name="BodyBytes">The OTLP message's size before compression.</param>
/// <param name="Items">Spans, log records or data points in it.</param>
internal readonly record struct LoadRequest(ReadOnlyMemory<byte> Wire, int BodyBytes, int Items);

/// <summary>Gives one connection its requests, in turn and for ever.</summary>
internal interface IRequestSource
{
    /// <summary>How many items the next request will hold.</summary>
    int NextItems { get; }

    LoadRequest Next(long first, ulong nowNanos);
}

/// <summary>Patches encoded requests in place: every item that leaves is new.</summary>
internal sealed class PatchedRequests(LoadBatch[] batches, ulong run) : IRequestSource
{
    private int _next;

    public int NextItems => batches[_next].Items;

    public LoadRequest Next(long first, ulong nowNanos)
    {
        var batch = batches[_next];
        _next = (_next + 1) % batches.Length;
        batch.Patch(run, first, nowNanos);
        return new LoadRequest(batch.Request, batch.Body.Length, batch.Items);
    }
}

/// <summary>
/// Repeats requests that were compressed before the run. Compressing each anew would cost more than the generator may; so ids
/// repeat with every round, timestamps are those of the start, and such a run says nothing about storage.
/// </summary>
internal sealed class ReplayedRequests(LoadRequest[] requests) : IRequestSource
{
    private int _next;

    public int NextItems => requests[_next].Items;

    public LoadRequest Next(long first, ulong nowNanos)
    {
        var request = requests[_next];
        _next = (_next + 1) % requests.Length;
        return request;
    }
}
