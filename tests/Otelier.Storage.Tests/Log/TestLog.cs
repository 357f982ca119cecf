using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using Otelier.Signals;
using Otelier.Storage.Log;
using Xunit;

namespace Otelier.Storage.Tests.Log;

/// <summary>A directory for one test's log, and short ways to open it and to append numbered records.</summary>
internal sealed class TestLog : IDisposable
{
    public TestLog()
    {
        Options.Directory = Path.Combine(Path.GetTempPath(), $"otelier-log-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Options.Directory);
    }

    public LogOptions Options { get; } = new()
    {
        SegmentBytes = 4096,
        RecordBytesMax = 1 << 20,
        LogBytesMax = 64 << 20,
        FreeDiskBytesMin = 0,
    };

    public FaultyDisk Disk { get; } = new();

    public ManualTime Time { get; } = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string[] SegmentPaths => [.. Directory.EnumerateFiles(Options.Directory, "*.wal").Order(StringComparer.Ordinal)];

    public string[] QuarantinedFiles =>
        Directory.Exists(Path.Combine(Options.Directory, "quarantine")) ? Directory.GetFiles(Path.Combine(Options.Directory, "quarantine")) : [];

    public Task<WriteAheadLog> OpenAsync() => WriteAheadLog.OpenAsync(Options, Disk, Time, NullLogger.Instance, Token);

    /// <summary>A payload that begins with its number and goes on with bytes that depend on it.</summary>
    public static byte[] Payload(long number, int length)
    {
        var bytes = new byte[Math.Max(length, 8)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        for (var at = 8; at < bytes.Length; at++)
            bytes[at] = (byte)((number * 31) + at);
        return bytes;
    }

    public static long NumberOf(ReadOnlySpan<byte> payload)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(payload);
        Assert.Equal(Payload(number, payload.Length), payload.ToArray());
        return number;
    }

    /// <summary>The record's number, from its attachment or its payload.</summary>
    public static long NumberOf(LogEntry entry) =>
        entry.Attachment is Attachment attachment ? attachment.Number : NumberOf(entry.Payload.Span);

    public static LogRecordHeader Header(Signal signal, long number)
    {
        Assert.True(TenantId.TryParse($"tenant-{number % 7}", out var tenant));
        return new LogRecordHeader(signal, (byte)(number % 2), (byte)(number % 3), tenant, 1_700_000_000_000_000_000 + number, (int)number);
    }

    public static ValueTask<AppendResult> AppendAsync(
        WriteAheadLog log, Signal signal, long number, int length = 100, Attachment? attachment = null) =>
        log.AppendAsync(Header(signal, number), Payload(number, length), attachment, attachment?.Bytes ?? 0, Token);

    /// <summary>Appends and expects success. The sequence.</summary>
    public static async Task<long> AppendedAsync(
        WriteAheadLog log, Signal signal, long number, int length = 100, Attachment? attachment = null)
    {
        var result = await AppendAsync(log, signal, number, length, attachment);
        Assert.Equal(AppendOutcome.Appended, result.Outcome);
        return result.Sequence;
    }

    /// <summary>Everything the tail has now, as (sequence, number); headers are checked on the way.</summary>
    public static async Task<List<(long Sequence, long Number)>> ReadAllAsync(LogTail tail)
    {
        var records = new List<(long, long)>();
        while (await tail.TryReadAsync(TimeSpan.Zero, Token) is { } entry)
        {
            using (entry)
            {
                var number = NumberOf(entry);
                Assert.Equal(Header(tail.Signal, number), entry.Header);
                records.Add((entry.Sequence, number));
            }
        }

        return records;
    }

    public void Dispose() => Directory.Delete(Options.Directory, recursive: true);
}

/// <summary>Stands for a decoded batch.</summary>
internal sealed class Attachment(long number, long bytes = 100) : IDisposable
{
    private int _disposals;

    public long Number => number;

    public long Bytes => bytes;

    public int Disposals => Volatile.Read(ref _disposals);

    public void Dispose() => Interlocked.Increment(ref _disposals);
}

/// <summary>Time that stands still until it is told otherwise.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}

/// <summary>The real disk, with failures on order.</summary>
internal sealed class FaultyDisk : ILogDisk
{
    private readonly LogDisk _disk = new();

    /// <summary>Called before every fsync; may throw.</summary>
    public Action? BeforeFlush { get; set; }

    /// <summary>How many of the next write's bytes get through before it fails, and how it fails; null for no failure.</summary>
    public (int Bytes, IOException Failure)? ShortWrite { get; set; }

    public long Free { get; set; } = long.MaxValue;

    public static IOException DiskFull => new("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);

    public ILogFile Open(string path) => new FaultyFile(this, _disk.Open(path));

    public void FlushDirectory(string directory) => _disk.FlushDirectory(directory);

    public long FreeBytes(string directory) => Free;

    private sealed class FaultyFile(FaultyDisk disk, ILogFile file) : ILogFile
    {
        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
        {
            if (disk.ShortWrite is not { } order)
            {
                file.Write(buffers, offset);
                return;
            }

            disk.ShortWrite = null;
            var all = buffers.SelectMany(buffer => buffer.ToArray()).ToArray();
            file.Write([all.AsMemory(0, Math.Min(order.Bytes, all.Length))], offset);
            throw order.Failure;
        }

        public void Flush()
        {
            disk.BeforeFlush?.Invoke();
            file.Flush();
        }

        public void SetLength(long bytes) => file.SetLength(bytes);

        public void Dispose() => file.Dispose();
    }
}
