using Otelier.Signals;
using Otelier.Signals.Services;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;
using Otelier.Storage.ClickHouse.Traces;

namespace Otelier.Storage.ClickHouse.Services;

/// <summary>Reads services and their operations from the per-minute rollups.</summary>
internal sealed class ServiceReader(QueryRunner queries)
{
    /// <inheritdoc cref="ITraceStore.FindServicesAsync"/>
    public Task<IReadOnlyList<ServiceSummary>> FindServicesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken) =>
        FindServicesAsync(tenant, range, service: null, cancellationToken);

    /// <inheritdoc cref="ITraceStore.GetServiceAsync"/>
    public async Task<ServiceDetail?> GetServiceAsync(TenantId tenant, TimeRange range, string service, CancellationToken cancellationToken)
    {
        var minutes = RedTableChoice.WholeMinutes(range);
        var asked = FindServicesAsync(tenant, range, service, cancellationToken);
        var buckets = await BucketTable<(string, string)>.ReadAsync(
            queries, OperationBucketsSql(tenant, minutes, service), OperationKeys, cancellationToken).ConfigureAwait(false);
        var operations = await queries.ReadAsync<OperationSummary>(
            OperationsSql(tenant, minutes, service, ServiceLimits.OperationsMax + 1),
            (block, rows) => ReadOperations(block, rows, buckets, SecondsOf(minutes)),
            cancellationToken).ConfigureAwait(false);
        if (await asked.ConfigureAwait(false) is not [var summary])
            return null;
        if (operations.Count <= ServiceLimits.OperationsMax)
            return new ServiceDetail(summary, operations, []);
        operations.RemoveAt(operations.Count - 1);
        return new ServiceDetail(
            summary, operations, [new Warning(Warning.Capped, $"The service has more than {ServiceLimits.OperationsMax} operations; these took the most time.")]);
    }

    /// <summary>All services of a range of whole minutes, or one.</summary>
    internal static SqlBuilder FindSql(TenantId tenant, TimeRange minutes, string? service)
    {
        var choice = RedTableChoice.Services;
        var sql = new SqlBuilder()
            .AppendLine($"SELECT ServiceName, {choice.Sums},")
            .AppendLine("  toUInt64(toUnixTimestamp(min(Minute))) AS FirstSeen, toUInt64(toUnixTimestamp(max(Minute))) AS LastSeen");
        choice.From(sql, tenant, minutes);
        return OfService(sql, service)
            .AppendLine("GROUP BY ServiceName")
            .AppendLine("ORDER BY ServiceName")
            .Append($"LIMIT {sql.Int64(ServiceLimits.ServicesMax)}");
    }

    internal static SqlBuilder BucketsSql(TenantId tenant, TimeRange minutes, string? service)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT ServiceName, {BucketTable<string>.Columns}");
        RedTableChoice.Services.From(sql, tenant, minutes);
        return OfService(sql, service).Append("GROUP BY ServiceName, Bucket");
    }

    internal static SqlBuilder OperationsSql(TenantId tenant, TimeRange minutes, string service, int limit)
    {
        var choice = RedTableChoice.Operations;
        var sql = new SqlBuilder().AppendLine($"SELECT SpanName, SpanKind, {choice.Sums}");
        choice.From(sql, tenant, minutes);
        return OfService(sql, service)
            .AppendLine("GROUP BY SpanName, SpanKind")
            .AppendLine("ORDER BY Duration DESC, SpanName, SpanKind")
            .Append($"LIMIT {sql.Int64(limit)}");
    }

    internal static SqlBuilder OperationBucketsSql(TenantId tenant, TimeRange minutes, string service)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT SpanName, SpanKind, {BucketTable<string>.Columns}");
        RedTableChoice.Operations.From(sql, tenant, minutes);
        OfService(sql, service).AppendLine("  AND (SpanName, SpanKind) IN (").AppendLine("SELECT SpanName, SpanKind");
        RedTableChoice.Operations.From(sql, tenant, minutes);
        return OfService(sql, service)
            .AppendLine("GROUP BY SpanName, SpanKind ORDER BY sum(DurationSum) DESC, SpanName, SpanKind")
            .AppendLine($"LIMIT {sql.Int64(ServiceLimits.OperationsMax)})")
            .Append("GROUP BY SpanName, SpanKind, Bucket");
    }

    private async Task<IReadOnlyList<ServiceSummary>> FindServicesAsync(
        TenantId tenant, TimeRange range, string? service, CancellationToken cancellationToken)
    {
        var minutes = RedTableChoice.WholeMinutes(range);
        var buckets = await BucketTable<string>.ReadAsync(
            queries, BucketsSql(tenant, minutes, service), block => block.GetBytes("ServiceName").GetString, cancellationToken).ConfigureAwait(false);
        return await queries.ReadAsync<ServiceSummary>(
            FindSql(tenant, minutes, service),
            (block, rows) => ReadServices(block, rows, buckets, SecondsOf(minutes)),
            cancellationToken).ConfigureAwait(false);
    }

    private static SqlBuilder OfService(SqlBuilder sql, string? service) =>
        service is null ? sql : sql.AppendLine($"  AND ServiceName = {sql.Text(service)}");

    private static double SecondsOf(TimeRange minutes) => (double)(minutes.EndUnixNano - minutes.StartUnixNano) / TimeRange.SecondNanos;

    private static void ReadServices(NativeBlock block, List<ServiceSummary> rows, BucketTable<string> buckets, double seconds)
    {
        var names = block.GetBytes("ServiceName");
        var firstSeen = block.GetUInt64("FirstSeen");
        var lastSeen = block.GetUInt64("LastSeen");
        var figures = RedTableChoice.ReadFigures(block, row => buckets[names.GetString(row)]);
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(new ServiceSummary(names.GetString(row), figures(row), seconds, firstSeen[row] * TimeRange.SecondNanos, lastSeen[row] * TimeRange.SecondNanos));
    }

    private static void ReadOperations(
        NativeBlock block, List<OperationSummary> rows, BucketTable<(string, string)> buckets, double seconds)
    {
        var keys = OperationKeys(block);
        var kinds = block.GetBytes("SpanKind");
        var figures = RedTableChoice.ReadFigures(block, row => buckets[keys(row)]);
        for (var row = 0; row < block.RowCount; row++)
        {
            rows.Add(new OperationSummary(keys(row).Item1, SpanRows.NumberOf(kinds, row, SpanTable.Kinds), figures(row), seconds));
        }
    }

    private static Func<int, (string, string)> OperationKeys(NativeBlock block)
    {
        var names = block.GetBytes("SpanName");
        var kinds = block.GetBytes("SpanKind");
        return row => (names.GetString(row), kinds.GetString(row));
    }
}
