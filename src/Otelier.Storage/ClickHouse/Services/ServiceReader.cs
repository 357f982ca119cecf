using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Reads rate, errors and durations from the per-minute rollup.</summary>
internal sealed class ServiceReader(QueryRunner queries)
{
    /// <summary>Most services told of one range.</summary>
    public const int ServicesMax = 10_000;

    private const ulong SecondNanos = 1_000_000_000;
    private const ulong MinuteNanos = 60 * SecondNanos;

    /// <inheritdoc cref="ITraceStore.FindServicesAsync"/>
    public async Task<IReadOnlyList<ServiceSummary>> FindServicesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken)
    {
        var minutes = WholeMinutes(range);
        var seconds = Math.Max((double)(minutes.EndUnixNano - minutes.StartUnixNano) / SecondNanos, 1);
        return await queries.ReadAsync<ServiceSummary>(
            FindSql(tenant, minutes), (block, rows) => Read(block, rows, seconds), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All services of a range of whole minutes. The table's rows are parts of sums, so everything is summed.</summary>
    internal static SqlBuilder FindSql(TenantId tenant, TimeRange minutes)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT")
            .AppendLine("  ServiceName,")
            .AppendLine("  sum(Count) AS Spans,")
            .AppendLine("  sum(Errors) AS ErrorSpans,")
            .AppendLine("  sum(DurationSum) AS Duration,")
            .AppendLine("  max(DurationMax) AS Longest,")
            .AppendLine("  sumMap(DurationBuckets) AS Buckets,")
            .AppendLine("  toUInt64(toUnixTimestamp(min(Minute))) AS FirstSeen,")
            .AppendLine("  toUInt64(toUnixTimestamp(max(Minute))) AS LastSeen,")
            .AppendLine("  uniqExact(SpanName, SpanKind) AS Operations")
            .FromTenant("otel_red_1m", tenant);
        return sql
            .AppendLine($"  AND Minute >= toDateTime({sql.Int64((long)(minutes.StartUnixNano / SecondNanos))}, 'UTC')")
            .AppendLine($"  AND Minute < toDateTime({sql.Int64((long)(minutes.EndUnixNano / SecondNanos))}, 'UTC')")
            .AppendLine("GROUP BY ServiceName")
            .AppendLine("ORDER BY ServiceName")
            .Append($"LIMIT {sql.Int64(ServicesMax)}");
    }

    /// <summary>The rollup knows minutes only, so a range is widened to whole ones.</summary>
    private static TimeRange WholeMinutes(TimeRange range) =>
        new(range.StartUnixNano / MinuteNanos * MinuteNanos, (range.EndUnixNano + MinuteNanos - 1) / MinuteNanos * MinuteNanos);

    private static void Read(NativeBlock block, List<ServiceSummary> rows, double seconds)
    {
        var names = block.GetBytes("ServiceName");
        var spans = block.GetUInt64("Spans");
        var errors = block.GetUInt64("ErrorSpans");
        var duration = block.GetUInt64("Duration");
        var longest = block.GetUInt64("Longest");
        var buckets = block.GetMap("Buckets");
        var bucketNumbers = (FixedResultColumn<ushort>)buckets.Keys;
        var bucketCounts = (FixedResultColumn<ulong>)buckets.Values;
        var firstSeen = block.GetUInt64("FirstSeen");
        var lastSeen = block.GetUInt64("LastSeen");
        var operations = block.GetUInt64("Operations");
        for (var row = 0; row < block.RowCount; row++)
        {
            var counts = new Dictionary<ushort, ulong>();
            var (start, length) = buckets[row];
            for (var i = start; i < start + length; i++)
                counts[bucketNumbers[i]] = bucketCounts[i];
            var count = Math.Max(spans[row], 1);
            rows.Add(new ServiceSummary(
                names.GetString(row),
                spans[row],
                errors[row],
                spans[row] / seconds,
                (double)errors[row] / count,
                (double)duration[row] / count,
                DurationQuantile.Of(counts, 0.50, longest[row]),
                DurationQuantile.Of(counts, 0.95, longest[row]),
                DurationQuantile.Of(counts, 0.99, longest[row]),
                longest[row],
                firstSeen[row] * SecondNanos,
                lastSeen[row] * SecondNanos,
                operations[row]));
        }
    }
}
