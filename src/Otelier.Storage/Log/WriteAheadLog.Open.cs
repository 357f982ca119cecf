using Microsoft.Extensions.Logging;

namespace Otelier.Storage.Log;

public sealed partial class WriteAheadLog
{
    /// <summary>
    /// Opens the log in <see cref="LogOptions.Directory"/>, creating it when missing. Reads it once to find what is intact:
    /// about a second per gigabyte not yet checkpointed.
    /// </summary>
    /// <exception cref="ArgumentException">The options contradict each other or themselves.</exception>
    /// <exception cref="IOException">The directory cannot be used, for instance because another process has it open.</exception>
    /// <exception cref="InvalidDataException">There are segments, but not one tells whose they are, or they are of different logs.</exception>
    /// <exception cref="NotSupportedException">The log was written by a newer version.</exception>
    public static Task<WriteAheadLog> OpenAsync(LogOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        OpenAsync(options, new LogDisk(), time, logger, cancellationToken);

    internal static Task<WriteAheadLog> OpenAsync(
        LogOptions options, ILogDisk disk, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        // Reading gigabytes is not for the thread that starts a server.
        return Task.Run(() => Open(options, disk, time, logger, cancellationToken), cancellationToken);
    }

    private static WriteAheadLog Open(
        LogOptions options, ILogDisk disk, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        var lockFile = new FileStream(
            Path.Combine(options.Directory, LockFileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var identity = Identify(options.Directory, out var isCreated);
            var checkpoints = isCreated ? Checkpoints.None : Checkpoints.TryRead(options.Directory, identity);
            var quarantine = new Quarantine(options.Directory, options.QuarantineBytesMax, logger);
            var recovery = new Recovery(options.Directory, disk, identity, checkpoints ?? Checkpoints.None, quarantine);
            var recovered = recovery.Run(isCreated, checkpoints is null, cancellationToken);
            var parked = new ParkedBlocks(options.Directory, options.ParkedBytesMax, logger);
            // Without its checkpoints the log cannot tell: a segment that is gone may have held what is parked.
            if (checkpoints is not null)
                parked.RemoveUnfinished(identity, checkpoints);
            var log = new WriteAheadLog(
                options, disk, identity, checkpoints ?? Checkpoints.None, recovered, quarantine, parked, lockFile, time, logger);
            log.Start();
            return log;
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    private void Start()
    {
        var report = Recovery;
        try
        {
            _segments.Start(report.NextSequence);
            _segments.DeleteCovered(_checkpoints);
            _writer.Start(report.NextSequence);
        }
        catch
        {
            _segments.Dispose();
            throw;
        }

        if (report.IsClean)
            LogOpened(report.Records, report.NextSequence);
        else
            LogRecovered(report.Records, report.NextSequence, report.TornTailBytes, report.DamageCount, report.CheckpointLost);
    }

    /// <summary>Finds out whose log it is, from the file or from any segment, or makes a new one of an empty directory.</summary>
    private static LogIdentity Identify(string directory, out bool isCreated)
    {
        var path = Path.Combine(directory, IdentityFileName);
        var kept = DurableFile.TryRead(path, LogIdentity.PreambleBytes) is { } bytes ? LogIdentity.TryRead(bytes) : null;
        var found = kept;
        var segments = Storage.Log.Recovery.ListSegments(directory);
        foreach (var segment in segments)
        {
            if (DurableFile.TryRead(segment.Path, LogIdentity.PreambleBytes) is not { } preamble || LogIdentity.TryRead(preamble) is not { } told)
                continue;
            if (found is not null && found != told)
                throw new InvalidDataException($"{segment.Name} belongs to log {told.Id:N}, not to {found.Id:N}: the directory holds a mixture.");
            found = told;
        }

        isCreated = found is null && segments.Count == 0;
        if (found is null && !isCreated)
        {
            throw new InvalidDataException(
                $"There are {segments.Count} segments, but neither {IdentityFileName} nor any of them tells whose they are. "
                + "Move them away to start an empty log.");
        }

        if (isCreated)
        {
            found = LogIdentity.Create();
            // Before the identity: once that exists, a missing checkpoint file means that it was lost.
            Checkpoints.None.Write(directory, found);
        }

        if (kept is null)
            DurableFile.Replace(path, found!.Preamble(0));
        return found!;
    }
}
