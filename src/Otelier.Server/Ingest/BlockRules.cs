namespace Otelier.Server.Ingest;

/// <summary>
/// When a block is large enough. Large blocks are what makes ingest cheap (the engine's merges are most of its cost), age is
/// what makes data visible.
/// </summary>
internal sealed record BlockRules
{
    /// <summary>Most items of a block of spans or log records.</summary>
    public int RowsMax { get; init; } = 200_000;

    /// <summary>Most data points of a block: they are narrow, and many of them cost less than a few.</summary>
    public int PointsMax { get; init; } = 1_000_000;

    /// <summary>Most memory of a block's batches, in bytes.</summary>
    public long BytesMax { get; init; } = 256L << 20;

    /// <summary>Most requests of a block.</summary>
    public int RequestsMax { get; init; } = 50_000;

    /// <summary>Least attempts to write a block before it is set aside for what it holds.</summary>
    public int RefusalsMin { get; init; } = 5;

    /// <summary>How long the store must have refused a block for what it holds before it is set aside.</summary>
    public TimeSpan RefusedFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether blocks that were set aside are written again at start.</summary>
    public bool RetryParked { get; init; }

    /// <summary>How long a block waits for more after its first request was taken.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromMilliseconds(800);
}
