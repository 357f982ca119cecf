using Otelier.Signals;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Tables;

namespace Otelier.Storage.ClickHouse.Metrics;

/// <summary>Reads what is known of some series.</summary>
internal sealed class SeriesReader(QueryRunner queries)
{
    /// <summary>Every column that describes a series.</summary>
    public static readonly string SelectList =
        string.Join(", ", MetricSeriesTable.Table.ColumnNames.Where(name => name is not ("Tenant" or "Day" or "TimeClass")));

    /// <summary>The series of these ids that had points in the range.</summary>
    public async Task<Dictionary<ulong, SeriesDescription>> GetSeriesAsync(
        TenantId tenant, string metric, TimeRange range, IReadOnlyList<ulong> ids, CancellationToken cancellationToken)
    {
        var rows = await FindAsync(Sql(tenant, metric, range, ids), cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(series => series.Id);
    }

    /// <summary>The series that a statement selects with <see cref="SelectList"/>.</summary>
    public Task<List<SeriesDescription>> FindAsync(SqlBuilder sql, CancellationToken cancellationToken)
    {
        var origins = new Origins();
        var definitions = new Dictionary<MetricDefinition, MetricDefinition>();
        return queries.ReadAsync<SeriesDescription>(sql, (block, rows) => Read(block, rows, origins, definitions), cancellationToken);
    }

    internal static SqlBuilder Sql(TenantId tenant, string metric, TimeRange range, IReadOnlyList<ulong> ids)
    {
        var sql = new SqlBuilder().AppendLine($"SELECT {SelectList}").FromSeries(tenant, range, filter: null);
        return sql
            .AppendLine($"  AND MetricName = {sql.Text(metric)}")
            .AppendLine($"  AND SeriesId IN {sql.IdSet(ids)}")
            .Append("LIMIT 1 BY SeriesId");
    }

    private static void Read(NativeBlock block, List<SeriesDescription> rows, Origins origins, Dictionary<MetricDefinition, MetricDefinition> definitions)
    {
        var origin = new OriginReader(block, origins);
        var ids = block.GetUInt64("SeriesId");
        var names = block.GetBytes("MetricName");
        var types = block.GetBytes("MetricType");
        var descriptions = block.GetBytes("MetricDescription");
        var units = block.GetBytes("MetricUnit");
        var temporality = block.GetInt32("AggregationTemporality");
        var monotonic = block.GetBool("IsMonotonic");
        var metadata = MapReader.Of(block, "MetricMetadata");
        var attributes = MapReader.Of(block, "Attributes");
        for (var row = 0; row < block.RowCount; row++)
        {
            var definition = new MetricDefinition(
                names.GetString(row),
                descriptions.GetString(row),
                units.GetString(row),
                MetricWords.TypeOf(types, row),
                temporality[row],
                monotonic[row],
                metadata[row]);
            if (!definitions.TryAdd(definition, definition))
                definition = definitions[definition];
            rows.Add(new SeriesDescription(ids[row], definition, origin.Resource(row), origin.Scope(row), attributes[row]));
        }
    }
}
