using Otelier.Storage;

namespace Otelier.Server.Stats;

/// <summary>Some partitions added up.</summary>
internal sealed class TableSums(IEnumerable<TableNumbers> partitions)
{
    private const string Other = "other";

    private static readonly string[] TraceTables = ["otel_traces", "otel_red", "otel_calls"];

    private readonly TableNumbers[] _partitions = [.. partitions];

    public ulong Rows => Sum(partition => partition.Rows);

    public ulong CompressedBytes => Sum(partition => partition.CompressedBytes);

    public ulong UncompressedBytes => Sum(partition => partition.UncompressedBytes);

    public ulong Parts => Sum(partition => partition.Parts);

    /// <summary>0 where there is nothing.</summary>
    public double CompressionRatio => CompressedBytes == 0 ? 0 : (double)UncompressedBytes / CompressedBytes;

    /// <summary>In seconds since 1970; <see langword="null"/> where no partition tells.</summary>
    public ulong? OldestUnixSeconds => Told(partition => partition.OldestUnixSeconds).Cast<ulong?>().Min();

    /// <inheritdoc cref="OldestUnixSeconds"/>
    public ulong? NewestUnixSeconds => Told(partition => partition.NewestUnixSeconds).Cast<ulong?>().Max();

    /// <summary>What a table holds, by its name.</summary>
    public static string SignalOf(string table) => table switch
    {
        _ when TraceTables.Any(prefix => table.StartsWith(prefix, StringComparison.Ordinal)) => "traces",
        _ when table.StartsWith("otel_logs", StringComparison.Ordinal) => "logs",
        _ when table.StartsWith("metric_", StringComparison.Ordinal) => "metrics",
        _ => Other,
    };

    private IEnumerable<ulong> Told(Func<TableNumbers, ulong> select) => _partitions.Select(select).Where(seconds => seconds > 0);

    private ulong Sum(Func<TableNumbers, ulong> select) => _partitions.Aggregate(0UL, (sum, partition) => sum + select(partition));
}
