using System.Text.RegularExpressions;
using Otelier.Storage.ClickHouse.Tables;
using Xunit;

namespace Otelier.Storage.Tests.Metrics;

public sealed partial class MetricTablesTests
{
    public static TheoryData<string> Tables => [.. MetricTables.All.Select(table => table.Table.Name), MetricSeriesTable.Table.Name];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_writes_exactly_the_columns_and_types_of_the_schema(string table)
    {
        var written = table == MetricSeriesTable.Table.Name
            ? MetricSeriesTable.Table.Columns.Select(column => (column.Name, column.Type))
            : MetricTables.All.Single(t => t.Table.Name == table).Table.Columns.Select(column => (column.Name, column.Type));

        Assert.Equal(SchemaOf(table).Order(), written.Order());
    }

    private static IEnumerable<(string Name, string Type)> SchemaOf(string table)
    {
        using var stream = typeof(MetricTables).Assembly.GetManifestResourceStream("Schema/0003_metrics.sql")!;
        using var reader = new StreamReader(stream);
        var sql = reader.ReadToEnd();
        var start = sql.IndexOf($"CREATE TABLE IF NOT EXISTS {table}\n", StringComparison.Ordinal);
        Assert.True(start >= 0);
        var statement = sql[start..sql.IndexOf("\n)\n", start, StringComparison.Ordinal)];
        return ColumnLine().Matches(statement).Select(match => (match.Groups["name"].Value, match.Groups["type"].Value));
    }

    [GeneratedRegex(@"^    `(?<name>[^`]+)` (?<type>.+?)(?= DEFAULT | CODEC)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ColumnLine();
}
