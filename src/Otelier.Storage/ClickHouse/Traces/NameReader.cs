using Otelier.Signals;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Traces;

/// <summary>Reads which services and operations there are, from what is added up per minute.</summary>
internal sealed class NameReader(QueryRunner queries)
{
    private const ulong MinuteSeconds = 60;

    /// <inheritdoc cref="ITraceStore.FindServiceNamesAsync"/>
    public async Task<IReadOnlyList<string>> FindServiceNamesAsync(TenantId tenant, TimeRange range, CancellationToken cancellationToken) =>
        await queries.ReadAsync<string>(ServicesSql(tenant, range), ReadServices, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="ITraceStore.FindOperationNamesAsync"/>
    public async Task<IReadOnlyList<OperationName>> FindOperationNamesAsync(
        TenantId tenant, string service, TimeRange range, CancellationToken cancellationToken) =>
        await queries.ReadAsync<OperationName>(OperationsSql(tenant, service, range), ReadOperations, cancellationToken).ConfigureAwait(false);

    internal static SqlBuilder ServicesSql(TenantId tenant, TimeRange range)
    {
        var sql = InRange(new SqlBuilder().AppendLine("SELECT DISTINCT ServiceName"), tenant, range);
        return sql.AppendLine("ORDER BY ServiceName").Append($"LIMIT {sql.Int64(OperationName.NamesMax)}");
    }

    internal static SqlBuilder OperationsSql(TenantId tenant, string service, TimeRange range)
    {
        var sql = InRange(new SqlBuilder().AppendLine("SELECT DISTINCT SpanName, SpanKind"), tenant, range);
        return sql
            .AppendLine($"  AND ServiceName = {sql.Text(service)}")
            .AppendLine("ORDER BY SpanName, SpanKind")
            .Append($"LIMIT {sql.Int64(OperationName.NamesMax)}");
    }

    private static SqlBuilder InRange(SqlBuilder sql, TenantId tenant, TimeRange range)
    {
        var first = range.StartUnixNano / TimeRange.SecondNanos / MinuteSeconds * MinuteSeconds;
        return sql
            .FromTenant(RedTable.Operations.Name, tenant)
            .AppendLine($"  AND Minute >= toDateTime({sql.UInt64(first)}) AND Minute < toDateTime({sql.UInt64(range.EndUnixNano / TimeRange.SecondNanos + 1)})");
    }

    private static void ReadServices(NativeBlock block, List<string> rows)
    {
        var names = block.GetBytes("ServiceName");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(names.GetString(row));
    }

    private static void ReadOperations(NativeBlock block, List<OperationName> rows)
    {
        var names = block.GetBytes("SpanName");
        var kinds = block.GetBytes("SpanKind");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(new OperationName(names.GetString(row), SpanRows.NumberOf(kinds, row, SpanTable.Kinds)));
    }
}
