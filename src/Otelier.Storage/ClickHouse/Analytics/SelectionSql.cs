using Otelier.Signals;
using Otelier.Signals.Analytics;
using Otelier.Signals.Metrics;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Analytics;

/// <summary>Where the rows of a <see cref="Selection"/> are.</summary>
internal sealed class SelectionTables(LogBodyIndex index)
{
    private readonly SearchedTable _logs = SearchedTable.LogsWith(index);

    public SearchedTable Of(Selection selection) => selection.Signal switch
    {
        Signal.Traces => SearchedTable.Spans,
        Signal.Logs => _logs,
        _ => throw new ArgumentOutOfRangeException(nameof(selection), selection.Signal, "Only spans and log records are aggregated."),
    };
}

/// <summary>What the statements about a <see cref="Selection"/> share.</summary>
internal static class SelectionSql
{
    /// <summary>Writes <c>FROM … WHERE</c> with everything that makes a row part of the selection.</summary>
    public static SqlBuilder FromSelection(this SqlBuilder sql, SearchedTable table, Selection selection)
    {
        sql.FromRange(table, selection.Tenant, selection.Range);
        FilterSql.AppendAnd(sql, table, selection.Filter);
        return sql;
    }

    /// <summary>Whether a row counts as failed: 0 or 1.</summary>
    public static string FailedOf(Signal signal) =>
        signal == Signal.Traces ? "StatusCode = 'Error'" : $"SeverityNumber >= {SeverityRange.ErrorMin}";

    /// <summary>The step a row lies in, from 0 on, as Int64.</summary>
    public static string StepOf(SqlBuilder sql, SearchedTable table, StepGrid grid) =>
        $"intDiv(toUnixTimestamp64Nano({table.Time}), {sql.Int64(grid.StepNanos)}) - {sql.Int64(grid.First)}";
}
