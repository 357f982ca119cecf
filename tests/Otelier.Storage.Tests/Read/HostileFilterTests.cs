using System.Text.Encodings.Web;
using System.Text.Json;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Otelier.Signals.Logs;
using Otelier.Signals.Traces;
using Otelier.Storage.ClickHouse.Logs;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Traces;
using Otelier.Storage.ClickHouse.Transports;
using Otelier.Storage.Tests.ClickHouse;
using Xunit;

namespace Otelier.Storage.Tests.Read;

/// <summary>What stands in a structured filter becomes parameters: the statement is the same whatever they hold.</summary>
public sealed class HostileFilterTests
{
    private static readonly TimeRange Window = new(1_750_000_000_000_000_000, 1_750_000_060_000_000_000);

    [Theory]
    [InlineData("=")]
    [InlineData("!=")]
    [InlineData("contains")]
    [InlineData("starts_with")]
    [InlineData("in")]
    [InlineData("not_in")]
    public void Keys_and_values_change_nothing_of_the_statement(string op)
    {
        foreach (var scope in Enum.GetValues<AttributeScope>())
        {
            // Log records have neither events nor links.
            var hasLogs = scope is not (AttributeScope.Event or AttributeScope.Link);
            var (spans, logs) = (SpansSql(scope, "harmless", op, "harmless"), hasLogs ? LogsSql(scope, "harmless", op, "harmless") : "");
            foreach (var hostile in HostileValues.All.Where(value => value.Length > 0))
            {
                Assert.Equal(spans, SpansSql(scope, hostile, op, hostile));
                Assert.Equal(logs, hasLogs ? LogsSql(scope, hostile, op, hostile) : "");
            }
        }
    }

    [Theory]
    [InlineData("name", "=")]
    [InlineData("name", "contains")]
    [InlineData("service.name", "in")]
    [InlineData("statusMessage", "!=")]
    public void Values_of_the_protocols_own_fields_change_nothing_either(string field, string op)
    {
        var harmless = Sql(SpanQuery(FilterOf(Signal.Traces, field, op, "harmless")));
        foreach (var hostile in HostileValues.All.Where(value => value.Length > 0))
            Assert.Equal(harmless, Sql(SpanQuery(FilterOf(Signal.Traces, field, op, hostile))));
    }

    private static string SpansSql(AttributeScope scope, string key, string op, string value) => Sql(SpanQuery(FilterOf(Signal.Traces, NameOf(scope, key), op, value)));

    private static string LogsSql(AttributeScope scope, string key, string op, string value) =>
        Sql(LogReader.TimesSql(SearchedTable.Logs, new LogQuery(TenantId.Default, Window, FilterOf(Signal.Logs, NameOf(scope, key), op, value), 10), Window, 11));

    private static SqlBuilder SpanQuery(Filter filter) => SpanReader.FindSql(new SpanQuery(TenantId.Default, Window, filter, 10), Window, 11);

    private static string Sql(SqlBuilder sql) => sql.Build(QueryLimits.None).Text;

    private static string NameOf(AttributeScope scope, string key) => FieldName.Format(new FilterField.Attribute(scope, key));

    private static Filter FilterOf(Signal signal, string field, string op, string value)
    {
        var text = $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
        using var group = JsonDocument.Parse(
            $$"""{"combinator":"and","rules":[{"field":"{{JsonEncodedText.Encode(field, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}","operator":"{{op}}","value":{{(op is "in" or "not_in" ? $"[{text}]" : text)}}}]}""");
        Assert.True(FilterJson.TryRead(group.RootElement, signal, out var filter, out var error), error?.Message);
        return filter!;
    }
}
