using Otelier.Signals;
using Otelier.Signals.Otlp;
using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>
/// What happens to every Export request, whatever transport it came by: it is decoded, what the protocol does not allow is
/// counted out, and the rest is acknowledged once the request as received is fsynced. The drain takes it from the log.
/// </summary>
internal sealed class IngestPipeline(
    SignalDecoders decoders, WriteAheadLog log, IngestPacing pacing, IEnumerable<IAdmissionRule> rules, IngestMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryLater = TimeSpan.FromSeconds(10);

    private readonly IAdmissionRule[] _rules = [.. rules];

    public ValueTask<IngestResult> IngestAsync(IngestRequest request, CancellationToken cancellationToken) => request.Signal switch
    {
        Signal.Traces => IngestAsync(decoders.Traces, request, cancellationToken),
        Signal.Logs => IngestAsync(decoders.Logs, request, cancellationToken),
        Signal.Metrics => IngestAsync(decoders.Metrics, request, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Signal, "Not a signal."),
    };

    private async ValueTask<IngestResult> IngestAsync<TBatch>(RequestDecoder<TBatch> decoder, IngestRequest request, CancellationToken cancellationToken)
        where TBatch : SignalBatch, new()
    {
        var passed = 0;
        try
        {
            for (; passed < _rules.Length; passed++)
            {
                if (_rules[passed].Check(request) is { } refusal)
                    return new IngestResult(IngestOutcome.QuotaExceeded, Message: refusal.Message, RetryAfter: refusal.RetryAfter);
            }

            return await TakeAsync(decoder, request, cancellationToken);
        }
        finally
        {
            for (var i = 0; i < passed; i++)
                _rules[i].Leave(request);
        }
    }

    private async ValueTask<IngestResult> TakeAsync<TBatch>(RequestDecoder<TBatch> decoder, IngestRequest request, CancellationToken cancellationToken)
        where TBatch : SignalBatch, new()
    {
        var delay = pacing.Delay();
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, time, cancellationToken);
        var received = time.GetUtcNow();
        var rejections = new Rejections();
        var (batch, error, message) = decoder.Decode(request.Encoding, request.Body.Span, rejections);
        if (batch is null)
            return new IngestResult(IngestOutcome.Malformed, Error: error, Message: message);

        var items = batch.Count;
        foreach (var rule in _rules)
            rule.Count(request, items);
        if (items == 0)
        {
            batch.Dispose();
            return Accept(request.Signal, 0, 0, rejections);
        }

        var header = new LogRecordHeader(
            request.Signal, (byte)request.Encoding, (byte)request.Coding, request.Tenant, received.ToUnixTimeMilliseconds() * 1_000_000, items);
        // Counted here and not where rows get their class: a block is written again after a crash, a request is acknowledged once.
        var quarantined = batch.CountQuarantined(header.ReceivedUnixNano);
        var appended = await log.AppendAsync(header, request.Received, batch, batch.MemoryBytes, cancellationToken);
        return appended.Outcome switch
        {
            AppendOutcome.Appended => Accept(request.Signal, items, quarantined, rejections),
            AppendOutcome.Busy => Refuse("More requests wait for the disk than may.", RetrySoon),
            AppendOutcome.Full => Refuse("The log is full because the store has not kept up.", RetryLater),
            AppendOutcome.ReadOnly => Refuse("The disk is nearly full.", RetryLater),
            AppendOutcome.Failed => Refuse("The disk of the log failed; the server must be restarted.", RetryLater),
            AppendOutcome.TooLarge => new IngestResult(
                IngestOutcome.Malformed, Error: DecodeError.ItemTooLarge, Message: "The request is larger than a record of the log may be."),
            _ => throw new InvalidOperationException($"The log answered {appended.Outcome}."),
        };
    }

    private IngestResult Accept(Signal signal, int items, int quarantined, Rejections rejections)
    {
        metrics.Accepted(signal, items);
        if (quarantined > 0)
            metrics.Quarantined(signal, quarantined);
        if (rejections.Total == 0)
            return new IngestResult(IngestOutcome.Accepted);
        foreach (var reason in Enum.GetValues<DecodeError>())
        {
            if (rejections[reason] > 0)
                metrics.Rejected(signal, reason, rejections[reason]);
        }

        return new IngestResult(IngestOutcome.Accepted, rejections.Total, Message: rejections.Describe());
    }

    private static IngestResult Refuse(string message, TimeSpan retryAfter) =>
        new(IngestOutcome.Unavailable, Message: message, RetryAfter: retryAfter);
}
