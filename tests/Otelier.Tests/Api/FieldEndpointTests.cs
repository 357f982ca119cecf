using System.Net;
using System.Text.Json;
using Otelier.Storage.Tests.Read;
using Otelier.Tests.EndToEnd;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class FieldEndpointTests
{
    private const ulong Now = ApiServer.Now;

    [Fact]
    public async Task Fields_are_the_protocols_own_and_the_attributes_that_were_seen()
    {
        await using var server = await ApiServer.StartAsync();
        await InsertAsync(server);

        var fields = (await server.GetAsync("/api/v1/fields?signal=traces")).GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!);

        var duration = fields["duration"];
        Assert.Equal(("intrinsic", "duration", "ns"), (Text(duration, "kind"), duration.GetProperty("types")[0].GetString(), Text(duration, "unit")));
        Assert.Contains(">=", duration.GetProperty("operators").EnumerateArray().Select(op => op.GetString()));
        Assert.Equal(["unset", "ok", "error"], fields["status"].GetProperty("words").EnumerateArray().Select(word => word.GetString()));
        var code = fields["http.response.status_code"];
        Assert.Equal(("attribute", "span", 2), (Text(code, "kind"), Text(code, "scope"), code.GetProperty("count").GetInt32()));
        Assert.Equal(["number", "string"], code.GetProperty("types").EnumerateArray().Select(type => type.GetString()).Order());
        Assert.Equal("resource", Text(fields["resource.host.name"], "scope"));
        Assert.Equal("span", Text(fields["attributes.\"my key\""], "scope"));
        Assert.Equal("span", Text(fields["attributes.plain"], "scope"));
        Assert.Equal(("event", 2), (Text(fields["events.exception.type"], "scope"), fields["events.exception.type"].GetProperty("count").GetInt32()));
        Assert.Equal("number", fields["events.\"name\""].GetProperty("types")[0].GetString());
        Assert.Equal("link", Text(fields["links.link.reason"], "scope"));
        Assert.False(fields.ContainsKey("severity"));

        // Every name stands in a filter as it is.
        foreach (var (name, field) in fields)
        {
            var found = await server.GetAsync($"/api/v1/spans?start=-15m&q={Uri.EscapeDataString($"{name} exists")}");
            if (Text(field, "kind") == "attribute")
                Assert.NotEmpty(found.GetProperty("spans").EnumerateArray());
        }
    }

    [Theory]
    [InlineData("traces", "http.re", "http.response.status_code")]
    [InlineData("traces", "resource.ho", "resource.host.name")]
    [InlineData("traces", "attributes.my", "attributes.\"my key\"")]
    [InlineData("traces", "dur", "duration")]
    [InlineData("traces", "exception.", "events.exception.type")]
    [InlineData("traces", "events.exc", "events.exception.type")]
    [InlineData("traces", "links.", "links.link.reason")]
    [InlineData("logs", "user", "attributes.user")]
    public async Task A_prefix_narrows_fields(string signal, string prefix, string only)
    {
        await using var server = await ApiServer.StartAsync();
        await InsertAsync(server);

        var fields = (await server.GetAsync($"/api/v1/fields?signal={signal}&prefix={prefix}")).GetProperty("fields");

        Assert.Equal(only, Text(Assert.Single(fields.EnumerateArray()), "name"));
    }

    [Theory]
    [InlineData("signal=traces&field=service.name", "edge,shop")]
    [InlineData("signal=traces&field=service.name&prefix=s", "shop")]
    [InlineData("signal=logs&field=service.name", "shop")]
    [InlineData("signal=traces&field=name", "GET,PUT")]
    [InlineData("signal=traces&field=http.response.status_code", "200,503")]
    [InlineData("signal=traces&field=http.response.status_code&prefix=5", "503")]
    [InlineData("signal=traces&field=resource.host.name&prefix=shop", "shop-host")]
    [InlineData("signal=traces&field=attributes.my%20key", "a'b")]
    [InlineData("signal=traces&field=kind&prefix=c", "client,consumer")]
    [InlineData("signal=logs&field=severity", "debug,error,fatal,info,trace,warn")]
    [InlineData("signal=logs&field=attributes.user", "u1")]
    [InlineData("signal=traces&field=events.exception.type", "Refused,Timeout")]
    [InlineData("signal=traces&field=exception.type", "")]
    [InlineData("signal=traces&field=nothing.of.it", "")]
    public async Task Values_of_a_field_are_listed(string query, string values)
    {
        await using var server = await ApiServer.StartAsync();
        await InsertAsync(server);

        var answer = (await server.GetAsync($"/api/v1/fields/values?{query}")).GetProperty("values");

        Assert.Equal(values, string.Join(',', answer.EnumerateArray().Select(value => Text(value, "value")).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/api/v1/fields?signal=profiles")]
    [InlineData("/api/v1/fields?prefx=a")]
    [InlineData("/api/v1/fields/values?signal=traces")]
    [InlineData("/api/v1/fields/values?signal=traces&field=servce")]
    public async Task What_is_no_field_or_signal_is_refused(string path)
    {
        await using var server = await ApiServer.StartAsync();

        await server.GetAsync(path, HttpStatusCode.UnprocessableEntity);
    }

    private static async Task InsertAsync(ApiServer server)
    {
        await server.InsertSpansAsync(Requests.Of(
            new TestSpan("GET", Now, 1) { Attributes = new() { ["http.response.status_code"] = 503L, ["my key"] = "a'b" } },
            new TestSpan("PUT", Now, 2)
            {
                Attributes = new() { ["http.response.status_code"] = "200", ["plain"] = true },
                Service = "edge",
                Events = [("exception", new() { ["exception.type"] = "Timeout", ["name"] = 1L }), ("exception", new() { ["exception.type"] = "Refused" })],
                Links = [new() { ["link.reason"] = "retry" }],
            }));
        await server.InsertLogsAsync(Requests.Of(new TestLog("hello", Now) { Attributes = new() { ["user"] = "u1" } }));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
