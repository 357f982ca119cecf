using System.Diagnostics;
using Otelier.Signals;
using Otelier.Signals.Otlp;
using Otelier.Storage;
using Otelier.Storage.Log;

namespace Otelier.Server.Ingest;

/// <summary>
/// Takes one signal from the log to the store, block by block: cut, write, checkpoint. Where a block ends stands in the
/// log before it is written, so that a replay writes the very same block and the store can tell. A store that fails is
/// tried again for as long as it takes; meanwhile the log fills, and ingest goes on until it is full. A block that the store
/// keeps refusing for what it holds is set aside, so that those behind it get through.
/// </summary>
internal sealed class Drain<TBatch>(
    Signal signal,
    WriteAheadLog log,
    RequestDecoder<TBatch> decoder,
    Func<Block<TBatch>, CancellationToken, Task> write,
    BlockRules rules,
    DrainMetrics metrics,
    TimeProvider time,
    ILogger logger)
    where TBatch : SignalBatch, new()
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly LogTail _tail = log.OpenTail(signal);
    private readonly List<LogEntry> _entries = [];
    private readonly List<BlockPart<TBatch>> _parts = [];
    private readonly Rejections _rejections = new();
    // What was acknowledged fitted once, so there is no limit to keep here.
    private readonly InFlightBytes _inflating = new(long.MaxValue);
    private LogEntry? _ahead;
    private long _rows;
    private long _bytes;

    /// <summary>What the store said last when it did not take a block; null while all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Runs until <paramref name="stopping"/>, then stores what is left in the log and ends. Blocks that were cut and not
    /// checkpointed come first, as they were.
    /// </summary>
    /// <param name="stopping">Take nothing new.</param>
    /// <param name="abort">Leave everything as it is; it is in the log.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            if (rules.RetryParked)
                await RetryAllParkedAsync(abort);
            foreach (var cut in log.PendingCuts(signal))
            {
                await TakeCutAsync(cut, abort);
                await WriteAsync(cut, abort);
            }

            while (await GatherAsync(stopping, abort))
            {
                var cut = new LogCut(signal, _entries[0].Sequence, _entries[^1].Sequence);
                await CutAsync(cut, abort);
                await WriteAsync(cut, abort);
            }
        }
        finally
        {
            Forget();
            _ahead?.Dispose();
        }
    }

    /// <summary>Takes the records of a block that was cut before. Records that were damaged since are missing.</summary>
    private async Task TakeCutAsync(LogCut cut, CancellationToken abort)
    {
        while (_entries.Count == 0 || _entries[^1].Sequence < cut.Last)
        {
            var entry = await NextAsync(abort);
            if (entry.Sequence > cut.Last)
            {
                _ahead = entry;
                return;
            }

            Take(entry);
        }
    }

    /// <summary>Takes the records of the next block; <see langword="false"/> when stopping and there is nothing left.</summary>
    private async Task<bool> GatherAsync(CancellationToken stopping, CancellationToken abort)
    {
        try
        {
            Take(await NextAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (await _tail.TryReadAsync(TimeSpan.Zero, abort) is not { } left)
                return false;
            Take(left);
        }

        var started = time.GetTimestamp();
        while (_rows < rules.RowsMax && _bytes < rules.BytesMax && _entries.Count < rules.RequestsMax)
        {
            var wait = stopping.IsCancellationRequested ? TimeSpan.Zero : rules.AgeMax - time.GetElapsedTime(started);
            if (await _tail.TryReadAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, abort) is not { } entry)
                break;
            Take(entry);
        }

        return true;
    }

    private async ValueTask<LogEntry> NextAsync(CancellationToken cancellationToken)
    {
        if (_ahead is not { } entry)
            return await _tail.ReadAsync(cancellationToken);
        _ahead = null;
        return entry;
    }

    /// <summary>Takes a record as a part of the block: its batch where it is still in memory, else decoded again.</summary>
    private void Take(LogEntry entry)
    {
        _entries.Add(entry);
        var batch = entry.Attachment as TBatch ?? DecodeAgain(entry);
        _parts.Add(new BlockPart<TBatch>(batch, entry.Header.Tenant, entry.Header.ReceivedUnixNano));
        _rows += batch.Count;
        _bytes += batch.MemoryBytes;
    }

    private TBatch DecodeAgain(LogEntry entry)
    {
        using var inflated = new BodyBuffer(_inflating);
        var body = entry.Payload;
        if ((ContentCoding)entry.Header.Coding != ContentCoding.Identity)
        {
            var fault = Inflater.Inflate((ContentCoding)entry.Header.Coding, entry.Payload, inflated, Array.MaxLength);
            if (fault != BodyFault.None)
                throw new InvalidDataException($"Record {entry.Sequence} of the log was acknowledged and cannot be decompressed: {fault}.");
            body = inflated.WrittenMemory;
        }

        _rejections.Clear();
        var decoded = decoder.Decode((OtlpEncoding)entry.Header.Encoding, body.Span, _rejections);
        return decoded.Batch
            ?? throw new InvalidDataException($"Record {entry.Sequence} of the log was acknowledged and cannot be decoded: {decoded.Message}.");
    }

    private async Task CutAsync(LogCut cut, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (await log.CutAsync(cut.Signal, cut.First, cut.Last, cancellationToken) is not AppendOutcome.Appended and var outcome)
        {
            if (outcome == AppendOutcome.Failed)
                throw new IOException("The disk of the log failed; nothing more can be stored until the server is restarted.");
            await Task.Delay(pause, time, cancellationToken);
            pause = Longer(pause);
        }
    }

    private async Task WriteAsync(LogCut cut, CancellationToken cancellationToken)
    {
        var block = new Block<TBatch>(log.BlockToken(cut), _parts);
        while (await TryStoreAsync(block, rules.RefusalsMin, rules.RefusedFor, cancellationToken) is { } refusal
            && !await TryParkAsync(cut, block, refusal, cancellationToken))
        {
            // There is nowhere to put it: it goes on being tried, and what is behind it waits in the log.
        }

        Fault = null;
        await log.CheckpointAsync(signal, cut.Last, cancellationToken);
        Forget();
    }

    /// <summary>Writes a block, trying again for as long as it takes; or gives what the store said when it is known to be of no use.</summary>
    private async Task<string?> TryStoreAsync(Block<TBatch> block, int refusalsMin, TimeSpan refusedFor, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        var refusals = 0;
        var refusedSince = 0L;
        while (true)
        {
            try
            {
                await write(block, cancellationToken);
                metrics.Written(signal, block.Count, Stopwatch.GetElapsedTime(started));
                return null;
            }
            catch (StoreException exception)
            {
                Fault = exception.Message;
                metrics.Failed(signal);
                if (exception.Fault == StoreFault.Internal)
                {
                    if (refusals++ == 0)
                        refusedSince = time.GetTimestamp();
                    if (refusals >= refusalsMin && time.GetElapsedTime(refusedSince) >= refusedFor)
                        return exception.Message;
                }

                logger.BlockNotWritten(signal, block.Token, pause, exception);
                await Task.Delay(pause, time, cancellationToken);
                pause = Longer(pause);
            }
        }
    }

    private async Task<bool> TryParkAsync(LogCut cut, Block<TBatch> block, string refusal, CancellationToken cancellationToken)
    {
        try
        {
            if (!await log.ParkAsync(cut, refusal, cancellationToken))
            {
                logger.NoRoomToPark(signal, block.Token, refusal);
                return false;
            }
        }
        catch (IOException failure)
        {
            logger.BlockNotParked(signal, block.Token, failure);
            return false;
        }

        metrics.Parked(signal, block.Count);
        logger.BlockParked(signal, block.Token, block.Count, refusal);
        return true;
    }

    /// <summary>Writes the blocks that were set aside, under the tokens they had; those that are refused again stay where they are.</summary>
    private async Task RetryAllParkedAsync(CancellationToken abort)
    {
        log.Parked.BeginRetry();
        try
        {
            foreach (var parked in log.Parked.All.Where(parked => parked.Cut.Signal == signal))
                await RetryParkedAsync(parked, abort);
        }
        finally
        {
            log.Parked.EndRetry();
        }
    }

    private async Task RetryParkedAsync(ParkedBlock parked, CancellationToken abort)
    {
        if (log.Parked.TryRead(parked) is not { } entries)
        {
            logger.ParkedNotReadable(signal, parked.Token);
            return;
        }

        // The only tenant that had something in it was deleted in between.
        if (entries.Count == 0)
            return;
        foreach (var entry in entries)
            Take(entry);
        var block = new Block<TBatch>(parked.Token, _parts);
        // It was refused for long enough: once more is an answer, and new blocks wait.
        if (await TryStoreAsync(block, refusalsMin: 1, TimeSpan.Zero, abort) is { } refusal)
        {
            logger.ParkedRefused(signal, parked.Token, refusal);
        }
        else
        {
            // Should the process end here, the block is written once more under its token, and the store drops it.
            log.Parked.Remove(parked);
            logger.ParkedStored(signal, parked.Token, block.Count);
        }

        Fault = null;
        Forget();
    }

    private void Forget()
    {
        // A batch that came with its record is disposed of with it.
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_entries[i].Attachment is null)
                _parts[i].Batch.Dispose();
            _entries[i].Dispose();
        }

        _parts.Clear();
        _entries.Clear();
        _rows = 0;
        _bytes = 0;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
