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
        // The larger question is under way while the smaller one is asked.
        var asked = FindBucketsAsync(tenant, minutes, cancellationToken);
        var sums = await queries.ReadAsync<NativeBlock>(FindSql(tenant, minutes), (block, blocks) => blocks.Add(block), cancellationToken).ConfigureAwait(false);
        var buckets = await asked.ConfigureAwait(false);
        var services = new List<ServiceSummary>();
        foreach (var block in sums)
            Read(block, buckets, services, seconds);
        return services;
    }

    private async Task<Dictionary<string, Dictionary<ushort, ulong>>> FindBucketsAsync(TenantId tenant, TimeRange minutes, CancellationToken cancellationToken)
    {
        var buckets = new Dictionary<string, Dictionary<ushort, ulong>>(StringComparer.Ordinal);
        await foreach (var block in queries.StreamAsync(BucketsSql(tenant, minutes), cancellationToken).ConfigureAwait(false))
            ReadBuckets(block, buckets);
        return buckets;
    }

    /// <summary>
    /// The services' latency histograms, a row per bucket: grouping by bucket is some thirty times quicker than letting
    /// the engine add up maps.
    /// </summary>
    internal static SqlBuilder BucketsSql(TenantId tenant, TimeRange minutes)
    {
        var sql = new SqlBuilder()
            .AppendLine("SELECT ServiceName, (arrayJoin(DurationBuckets) AS Entry).1 AS Bucket, sum(Entry.2) AS Spans")
            .FromTenant("otel_red_1m", tenant);
        return InMinutes(sql, minutes).Append("GROUP BY ServiceName, Bucket");
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
            .AppendLine("  toUInt64(toUnixTimestamp(min(Minute))) AS FirstSeen,")
            .AppendLine("  toUInt64(toUnixTimestamp(max(Minute))) AS LastSeen,")
            .AppendLine("  uniq(SpanName) AS Operations")
            .FromTenant("otel_red_1m", tenant);
        return InMinutes(sql, minutes)
            .AppendLine("GROUP BY ServiceName")
            .AppendLine("ORDER BY ServiceName")
            .Append($"LIMIT {sql.Int64(ServicesMax)}");
    }

    private static SqlBuilder InMinutes(SqlBuilder sql, TimeRange minutes) => sql
        .AppendLine($"  AND Minute >= toDateTime({sql.Int64((long)(minutes.StartUnixNano / SecondNanos))}, 'UTC')")
        .AppendLine($"  AND Minute < toDateTime({sql.Int64((long)(minutes.EndUnixNano / SecondNanos))}, 'UTC')");

    /// <summary>The rollup knows minutes only, so a range is widened to whole ones.</summary>
    private static TimeRange WholeMinutes(TimeRange range) =>
        new(range.StartUnixNano / MinuteNanos * MinuteNanos, (range.EndUnixNano + MinuteNanos - 1) / MinuteNanos * MinuteNanos);

    private static void ReadBuckets(NativeBlock block, Dictionary<string, Dictionary<ushort, ulong>> buckets)
    {
        var names = block.GetBytes("ServiceName");
        var numbers = block.GetUInt16("Bucket");
        var spans = block.GetUInt64("Spans");
        for (var row = 0; row < block.RowCount; row++)
        {
            var name = names.GetString(row);
            if (!buckets.TryGetValue(name, out var counts))
                buckets[name] = counts = [];
            counts[numbers[row]] = spans[row];
        }
    }

    private static void Read(
        NativeBlock block, Dictionary<string, Dictionary<ushort, ulong>> buckets, List<ServiceSummary> rows, double seconds)
    {
        var names = block.GetBytes("ServiceName");
        var spans = block.GetUInt64("Spans");
        var errors = block.GetUInt64("ErrorSpans");
        var duration = block.GetUInt64("Duration");
        var longest = block.GetUInt64("Longest");
        var firstSeen = block.GetUInt64("FirstSeen");
        var lastSeen = block.GetUInt64("LastSeen");
        var operations = block.GetUInt64("Operations");
        for (var row = 0; row < block.RowCount; row++)
        {
            var name = names.GetString(row);
            // A span that came in between the two questions may bring a service whose buckets are not there yet.
            var counts = buckets.TryGetValue(name, out var known) ? known : [];
            var count = Math.Max(spans[row], 1);
            rows.Add(new ServiceSummary(
                name,
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
