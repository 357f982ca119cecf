using Otelier.Signals;

namespace Otelier.Storage.Log;

public sealed partial class WriteAheadLog
{
    /// <summary>Blocks the store refused for what they hold.</summary>
    public ParkedBlocks Parked { get; }

    /// <summary>
    /// Copies the records of a block that was cut and not checkpointed to <see cref="Parked"/>; once this returns true they are
    /// durable there, and the checkpoint may pass them. False when there is no room.
    /// </summary>
    /// <param name="cut">The block.</param>
    /// <param name="reason">Why, for a person.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    /// <exception cref="IOException">The disk did not do it; the call may be repeated.</exception>
    public Task<bool> ParkAsync(LogCut cut, string reason, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cut.Last, QueueOf(cut.Signal).Ledger.LastDelivered);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(cut.First, CheckpointOf(cut.Signal));
        return Task.Run(() => Parked.TryKeep(_identity, cut, reason, ReadAgain(cut, cancellationToken)), cancellationToken);
    }

    internal static string TokenOf(Guid logId, LogCut cut) => $"{logId:N}:{Name(cut.Signal)}:{cut.First}-{cut.Last}";

    internal static string Name(Signal signal) => signal switch
    {
        Signal.Traces => "traces",
        Signal.Logs => "logs",
        _ => "metrics",
    };

    private IEnumerable<LogEntry> ReadAgain(LogCut cut, CancellationToken cancellationToken)
    {
        // A reader of its own: the tail's is somewhere else by now.
        using var reader = new RunReader(cut.Signal, _segments, _identity.Marker, _quarantine);
        var run = new DiskRun(_segments.Holding(cut.First), LogIdentity.PreambleBytes, 0);
        var last = cut.First - 1;
        while (last < cut.Last && reader.ReadNext(run, last, cut.Last, cancellationToken) is { } entry)
        {
            last = entry.Sequence;
            yield return entry;
        }
    }
}
