using System.Text;
using System.Text.Json;
using Otelier.Signals;
using Otelier.Signals.Api;
using Otelier.Signals.Filters;
using Xunit;

namespace Otelier.Tests.Filters;

public sealed class FilterJsonTests
{
    [Theory]
    [InlineData("""{"combinator":"and","rules":[{"field":"service.name","operator":"=","value":"cart"},{"field":"duration","operator":"gt","value":"250ms"}]}""", """service.name = "cart" and duration > 250ms""")]
    [InlineData("""{"combinator":"or","not":true,"rules":[{"field":"http.route","operator":"in","value":["/a",3,true,1.5]},{"field":"my key","operator":"exists"}]}""", null)]
    [InlineData("""{"combinator":"or","not":true,"rules":[{"field":"http.route","operator":"in","value":["/a",3,true,1.5]},{"field":"attributes.my key","operator":"exists"}]}""", """not (http.route in ("/a", 3, true, 1.5) or attributes."my key" exists)""")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"regex","value":"^G"},{"combinator":"or","rules":[{"field":"a.b","operator":"not_contains","value":5},{"field":"status","operator":"ne","value":"error"}]}]}""", """name ~ "^G" and (a.b not_contains "5" or status != "error")""")]
    [InlineData("""{"combinator":"and","rules":[{"field":"*","operator":"contains","value":"timeout"},{"field":"*","operator":"not_contains","value":"x"}]}""", """ "timeout" and not "x" """)]
    [InlineData("""{"combinator":"and","not":true,"rules":[{"field":"isRoot","operator":"eq","value":true}]}""", """not isRoot = true""")]
    [InlineData("""{"combinator":"and","rules":[]}""", "")]
    [InlineData("""{"rules":[{"field":"name","operator":"=","value":1},{"field":"a.b","operator":"exists"}]}""", "name = 1 and a.b exists")]
    public void A_structured_filter_means_its_text(string json, string? text)
    {
        using var document = JsonDocument.Parse(json);
        var isRead = FilterJson.TryRead(document.RootElement, Signal.Traces, out var filter, out var error);

        Assert.Equal(text is not null, isRead);
        if (text is null)
            Assert.Contains("filter.rules[1].field: unknown field 'my key'", error!.Message, StringComparison.Ordinal);
        else
            Assert.Equal(text.Trim(), filter is null ? "" : FilterText.Format(filter));
    }

    [Theory]
    [InlineData("[]", "filter is no object")]
    [InlineData("""{"combinator":"xor","rules":[]}""", "\"and\" or \"or\"")]
    [InlineData("""{"combinator":"and","rules":[],"more":1}""", "unknown member 'more'")]
    [InlineData("""{"combinator":"and","rules":[{"combinator":"and","rules":[]}]}""", "filter.rules[0] is to have at least one rule")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"equals","value":1}]}""", "filter.rules[0].operator: unknown operator 'equals'")]
    [InlineData("""{"combinator":"and","rules":[{"field":"servce","operator":"=","value":1}]}""", "filter.rules[0].field: unknown field 'servce'")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"="}]}""", "filter.rules[0].value is missing")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"=","value":null}]}""", "filter.rules[0].value is to be")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"=","value":"\ud800"}]}""", "valid Unicode")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"exists","value":1}]}""", "takes no value")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"in","value":"a"}]}""", "an array")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"=","value":1,"id":"x"}]}""", "unknown member 'id'")]
    [InlineData("""{"combinator":"and","rules":[{"field":"name","operator":"~","value":"("}]}""", "filter.rules[0].value: the regular expression")]
    [InlineData("""{"combinator":"and","rules":[{"field":"duration","operator":">","value":"fast"}]}""", "'fast' is no value of duration")]
    public void What_is_wrong_is_told_with_its_rule(string json, string problem)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(FilterJson.TryRead(document.RootElement, Signal.Traces, out _, out var error));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_structured_filter_is_bounded()
    {
        const string Rule = """{"field":"name","operator":"=","value":1}""";
        Fails(Nested(FilterJson.DepthMax + 1), "nested too deep");
        Fails($$"""{"combinator":"and","rules":[{{string.Join(',', Enumerable.Repeat(Rule, FilterText.RulesMax + 1))}}]}""", "one rule too many");
        using var deepest = JsonDocument.Parse(Nested(FilterJson.DepthMax));
        Assert.True(FilterJson.TryRead(deepest.RootElement, Signal.Traces, out _, out _));

        static string Nested(int depth)
        {
            var json = Rule;
            for (var i = 0; i < depth; i++)
                json = $$"""{"combinator":"and","not":true,"rules":[{{json}},{{Rule}}]}""";
            return json;
        }

        static void Fails(string json, string problem)
        {
            using var document = JsonDocument.Parse(json);
            Assert.False(FilterJson.TryRead(document.RootElement, Signal.Traces, out _, out var error));
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Both_forms_give_back_any_filter()
    {
        var random = new RandomFilter(seed: 11);
        for (var i = 0; i < 3000; i++)
        {
            var signal = i % 2 == 0 ? Signal.Traces : Signal.Logs;
            var filter = random.Next(signal, depth: 3);
            var text = FilterText.Format(filter);

            Assert.Equal(text, FilterText.Format(FilterTextTests.Parse(text, signal)));
            Assert.True(RandomFilter.AreEqual(filter, FilterTextTests.Parse(text, signal)), text);
            Assert.True(RandomFilter.AreEqual(filter, Read(Write(filter), signal)), Write(filter));
        }
    }

    private static string Write(Filter filter)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            FilterJson.Write(json, filter);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Filter Read(string json, Signal signal)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(FilterJson.TryRead(document.RootElement, signal, out var filter, out var error), $"{json}: {error?.Message}");
        return filter!;
    }
}
