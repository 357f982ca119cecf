using Otelier.Signals;
using Otelier.Signals.Filters;
using Xunit;

namespace Otelier.Tests.Filters;

public sealed class FilterTextTests
{
    [Theory]
    [InlineData("""service.name = "cart" and duration > 250ms and (http.response.status_code >= 500 or status = error)""", """service.name = "cart" and duration > 250ms and (http.response.status_code >= 500 or status = "error")""")]
    [InlineData("""a.b = 1 or c.d = 2 and not e.f = 3""", null)]
    [InlineData("""(a.b = 1 or c.d = 2) and e.f = 3""", null)]
    [InlineData("""not (a.b = 1 and c.d = 2)""", null)]
    [InlineData("""not not a.b = 1""", null)]
    [InlineData("""(a.b = 1 and c.d = 2) and e.f = 3""", null)]
    [InlineData("""http.route in ("/a", '/b', 3, true, 1.5)""", """http.route in ("/a", "/b", 3, true, 1.5)""")]
    [InlineData("""http.route not in (/a)""", """http.route not_in ("/a")""")]
    [InlineData("""http.route exists and exists resource.host.name""", """http.route exists and resource.host.name exists""")]
    [InlineData("""not http.route exists""", """http.route not_exists""")]
    [InlineData("""http.route not exists or name not_contains 'x'""", """http.route not_exists or name not_contains "x" """)]
    [InlineData("""name ~ "^GET /\d+" and name !~ x""", """name ~ "^GET /\\d+" and name !~ "x" """)]
    [InlineData("""attributes."my key" = 1 and `odd "key"` = 2 and span.route = 3""", """attributes."my key" = 1 and `odd "key"` = 2 and attributes.route = 3""")]
    [InlineData("""attributes.name = x and `name` = y and resource.service.name = z""", """attributes.name = "x" and `name` = "y" and resource.service.name = "z" """)]
    [InlineData("""`attributes.a` = 1""", null)]
    [InlineData("""scope."name" = 1""", null)]
    [InlineData("""events.exception.type = X and events."my key" not_exists and links.reason in (1)""", """events.exception.type = "X" and events."my key" not_exists and links.reason in (1)""")]
    [InlineData("""events.name = X and events."name" = Y and links.traceId = AB""", """eventName = "X" and events."name" = "Y" and linkTraceId = "ab" """)]
    [InlineData("""event.name = 1 and `events.a` = 2 and link.a = 3""", null)]
    [InlineData("""duration >= 1.5s and duration < 2h and duration != 1 and duration <= 0.5ns""", """duration >= 1500ms and duration < 2h and duration != 1ns and duration <= 0""")]
    [InlineData("""http.request.body.size > 10KB and http.request.body.size < 5MiB""", """http.request.body.size > 10000 and http.request.body.size < 5242880""")]
    [InlineData("""http.duration > 250ms""", """http.duration > 250000000""")]
    [InlineData("""status = ERROR and kind != 2 and is_root = true""", """status = "error" and kind != "server" and isRoot = true""")]
    [InlineData("""trace_id = 0AF7651916CD43DD8448EB211C80319C or traceId in (00000000000000000000000000000001)""", """traceId = "0af7651916cd43dd8448eb211c80319c" or traceId in ("00000000000000000000000000000001")""")]
    [InlineData("""time >= 2026-03-01T10:00:00.5Z and time < 1772359200""", """time >= 1772359200500000000 and time < 1772359200000000000""")]
    [InlineData(""" "connection reset" and not "retry" """, """ "connection reset" and not "retry" """)]
    [InlineData(""" "a\"b\\c\n\tA\0" """, """ "a\"b\\c\n\tA\0" """)]
    [InlineData("""a.b = -5 and a.b = +7 and a.b = 1e3 and a.b = 9223372036854775808 and a.b = "5" """, """a.b = -5 and a.b = 7 and a.b = 1000.0 and a.b = 9.223372036854776E+18 and a.b = "5" """)]
    [InlineData("""a.b = NaN and a.b eq Infinity""", """a.b = "NaN" and a.b = "Infinity" """)]
    [InlineData("""name contains 500 and name starts_with true""", """name contains "500" and name starts_with "true" """)]
    public void A_filter_is_read_and_written(string text, string? written)
    {
        var filter = Parse(text, Signal.Traces);

        Assert.Equal((written ?? text).Trim(), FilterText.Format(filter));
        Assert.Equal(FilterText.Format(filter), FilterText.Format(Parse(FilterText.Format(filter), Signal.Traces)));
    }

    [Theory]
    [InlineData("severity >= warn", "severity >= 13")]
    [InlineData("severity > WARN", "severity > 16")]
    [InlineData("severity = error", "severity >= 17 and severity <= 20")]
    [InlineData("severity != error", "not (severity >= 17 and severity <= 20)")]
    [InlineData("severity <= 4", "severity <= 4")]
    [InlineData("severity in (fatal, 3)", "severity >= 21 and severity <= 24 or severity = 3")]
    [InlineData("body contains timeout and severity_text = x", """body contains "timeout" and severityText = "x" """)]
    [InlineData("log.user = x", """attributes.user = "x" """)]
    [InlineData("events.a = 1", "`events.a` = 1")]
    public void A_word_for_severities_stands_for_its_numbers(string text, string written) =>
        Assert.Equal(written.Trim(), FilterText.Format(Parse(text, Signal.Logs)));

    [Theory]
    [InlineData("""service.name ~~ "x" """, 14, "unknown operator '~~'", "expected one of =, !=")]
    [InlineData("servce = 1", 1, "unknown field 'servce'", "service.name")]
    [InlineData("servce = 1", 1, "unknown field 'servce'", "attributes.servce")]
    [InlineData("severity = 5", 1, "unknown field 'severity'", "duration")]
    [InlineData("duration > fast", 12, "'fast' is no value of duration", "250ms")]
    [InlineData("duration > 10KB", 12, "'10KB' is no value of duration", "250ms")]
    [InlineData("status = bad", 10, "'bad' is no value of status", "unset, ok, error")]
    [InlineData("status ~ x", 8, "status has no operator '~'", "in, not_in")]
    [InlineData("duration contains 5", 10, "duration has no operator 'contains'", ">=")]
    [InlineData("a.b", 4, "no operator behind 'a.b'", "exists")]
    [InlineData("a.b = ", 7, "the filter ends too early", "a value")]
    [InlineData("a.b = 1 c.d = 2", 9, "found 'c.d'", "'and', 'or'")]
    [InlineData("a.b = 1)", 8, "found ')'", "the end")]
    [InlineData("(a.b = 1", 9, "the filter ends too early", "')'")]
    [InlineData("a.b in 1", 8, "found '1'", "'('")]
    [InlineData("a.b in ()", 9, "found ')'", "a value")]
    [InlineData("a.b = 1 and", 12, "the filter ends too early", "a field")]
    [InlineData("a.b not = 1", 9, "unknown operator 'not ='", "not_in")]
    [InlineData("""name = "open""", 8, "no closing \"", "")]
    [InlineData("""name = "\u12" """, 9, "four hexadecimal digits", "")]
    [InlineData("""name = "\uD800" """, 8, "not valid Unicode", "")]
    [InlineData("""name ~ "a(b" """, 8, "character 2 '(' without ')'", "")]
    [InlineData("""name ~ "(?=x)" """, 8, "not supported", "")]
    [InlineData("""name ~ "(a{1000}){1000}" """, 8, "too large", "")]
    [InlineData("attributes. = 1", 1, "unknown field 'attributes.'", "")]
    [InlineData("\"\"", 1, "empty", "at least one character")]
    [InlineData("((((((((((((a.b = 1))))))))))))", 12, "nested too deep", "at most 10")]
    public void What_is_wrong_is_told_with_its_place_and_what_was_expected(string text, int position, string problem, string expected)
    {
        Assert.False(FilterText.TryParse(text, Signal.Traces, out _, out var error));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains($"at {position}", error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void A_filter_is_bounded()
    {
        Fails(string.Join(" or ", Enumerable.Repeat("a.b = 1", FilterText.RulesMax + 1)), "too many comparisons");
        Fails($"a.b in ({string.Join(",", Enumerable.Range(0, FilterText.ValuesMax + 1))})", "too many values");
        Fails(new string(' ', FilterText.LengthMax + 1), "longer than");
        Fails(string.Concat(Enumerable.Repeat("not ", 100_000 / 4)) + "a.b = 1", "nested too deep");

        static void Fails(string text, string problem)
        {
            Assert.False(FilterText.TryParse(text, Signal.Traces, out _, out var error));
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    public void No_text_is_no_filter(string text)
    {
        Assert.True(FilterText.TryParse(text, Signal.Traces, out var filter, out _));
        Assert.Null(filter);
    }

    [Fact]
    public void A_hostile_key_is_a_key()
    {
        foreach (var key in (string[])["__proto__", "a'b", "a\"b", "a`b", "a\0b", "\u202ea", new('k', 64_000), "{p0:String}", "a = 1 or b", "\\", "\n"])
        {
            var filter = new Filter.Comparison(new FilterField.Attribute(AttributeScope.Any, key), FilterOperator.Equal, new FilterValue.Text(key));
            Assert.Equal(filter, Parse(FilterText.Format(filter), Signal.Logs));
            Assert.True(FieldName.TryParse(Signal.Logs, FieldName.Format(filter.Field), out var field, out _));
            Assert.Equal(filter.Field, field);
            Assert.True(FieldName.TryParse(Signal.Logs, $"attributes.{key}", out field, out _));
            Assert.Equal(new FilterField.Attribute(AttributeScope.Item, key), field);
            Assert.True(FieldName.TryParse(Signal.Traces, FieldName.Format(new FilterField.Attribute(AttributeScope.Event, key)), out field, out _));
            Assert.Equal(new FilterField.Attribute(AttributeScope.Event, key), field);
        }
    }

    internal static Filter Parse(string text, Signal signal)
    {
        Assert.True(FilterText.TryParse(text, signal, out var filter, out var error), $"{text}: {error?.Message}");
        return filter!;
    }
}
