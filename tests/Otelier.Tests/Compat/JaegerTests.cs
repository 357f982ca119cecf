using System.Net;
using System.Text;
using System.Text.Json;
using Otelier.Signals.Otlp;
using Otelier.Tests.Api;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Compat;

[Collection(EngineCollection.Name)]
public sealed class JaegerTests(JaegerServer jaeger) : IClassFixture<JaegerServer>
{
    [Fact]
    public async Task A_trace_has_the_shape_that_Jaegers_UI_reads()
    {
        var answer = await jaeger.Api.GetAsync($"/jaeger/api/traces/{OtlpText.TraceId(1)}");

        Assert.Equal(["data", "total", "limit", "offset", "errors"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("errors").ValueKind);
        var trace = Assert.Single(answer.GetProperty("data").EnumerateArray());
        Assert.Equal(["traceID", "spans", "processes", "warnings"], trace.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            """{"traceID":"00000000000000000000000000000001","spanID":"0000000000000002","flags":1,"operationName":"op2","references":[{"refType":"CHILD_OF","traceID":"00000000000000000000000000000001","spanID":"0000000000000001"},{"refType":"FOLLOWS_FROM","traceID":"000000000000000000000000000000aa","spanID":"00000000000000bb"}],"startTime":1749999940000001,"duration":2,"tags":[{"key":"big","type":"int64","value":"9007199254740993"},{"key":"http.response.status_code","type":"int64","value":500},{"key":"list","type":"string","value":"[1,\"x\"]"},{"key":"ok","type":"bool","value":false},{"key":"raw","type":"binary","value":"AQI="},{"key":"share","type":"float64","value":0.5},{"key":"otel.scope.name","type":"string","value":"lib"},{"key":"otel.scope.version","type":"string","value":"1.2"},{"key":"span.kind","type":"string","value":"client"},{"key":"otel.status_code","type":"string","value":"ERROR"},{"key":"otel.status_description","type":"string","value":"declined"},{"key":"w3c.tracestate","type":"string","value":"a=b"},{"key":"error","type":"bool","value":true}],"logs":[{"timestamp":1749999940000005,"fields":[{"key":"event","type":"string","value":"exception"},{"key":"exception.type","type":"string","value":"Boom"}]}],"processID":"p2","warnings":null}""",
            trace.GetProperty("spans")[1].GetRawText());
        Assert.Equal(
            """{"p1":{"serviceName":"web","tags":[{"key":"host.name","type":"string","value":"h1"}]},"p2":{"serviceName":"shop/checkout","tags":[{"key":"host.name","type":"string","value":"h1"}]}}""",
            trace.GetProperty("processes").GetRawText());
    }

    [Fact]
    public async Task Services_and_operations_are_listed()
    {
        Assert.Equal("""{"data":["big","front","shop/checkout","stock","web"],"total":5,"limit":0,"offset":0,"errors":null}""", Raw(await jaeger.Api.GetAsync("/jaeger/api/services")));
        Assert.Equal("""{"data":["op1"],"total":1,"limit":0,"offset":0,"errors":null}""", Raw(await jaeger.Api.GetAsync("/jaeger/api/services/web/operations")));
        Assert.Equal("""["op2"]""", Raw((await jaeger.Api.GetAsync("/jaeger/api/services/shop%2Fcheckout/operations")).GetProperty("data")));
        Assert.Equal("""[{"name":"op1","spanKind":"server"}]""", Raw((await jaeger.Api.GetAsync("/jaeger/api/operations?service=web&spanKind=server")).GetProperty("data")));
        Assert.Equal("[]", Raw((await jaeger.Api.GetAsync("/jaeger/api/operations?service=web&spanKind=client")).GetProperty("data")));
        Assert.Equal("""{"services":["big","front","shop/checkout","stock","web"]}""", Raw(await jaeger.Api.GetAsync("/jaeger/api/v3/services")));
        Assert.Equal("""{"operations":[{"name":"op2","spanKind":"client"}]}""", Raw(await jaeger.Api.GetAsync("/jaeger/api/v3/operations?service=shop%2Fcheckout&span_kind=client")));
    }

    [Theory]
    [InlineData("service=web", "2 1")]
    [InlineData("service=web&limit=1", "2")]
    [InlineData("service=web&operation=op2", "")]
    [InlineData("service=shop/checkout&operation=op2", "1")]
    [InlineData("service=shop/checkout&tags={\"http.response.status_code\":\"500\",\"ok\":\"false\"}", "1")]
    [InlineData("service=shop/checkout&tags={\"http.response.status_code\":\"501\"}", "")]
    [InlineData("service=shop/checkout&tags=error%3Dtrue share%3D0.5", "1")]
    [InlineData("service=shop/checkout&tags=list", "")]
    [InlineData("service=shop/checkout&tag=exception.type:Boom&tag=event:exception", "1")]
    [InlineData("service=shop/checkout&tag=exception.type:Bang", "")]
    [InlineData("service=web&tag=error:true", "")]
    [InlineData("service=web&tag=error:false&tag=span.kind:server&tag=otel.scope.name:lib&tag=host.name:h1", "2 1")]
    [InlineData("service=shop/checkout&tag=otel.status_description:declined&tag=otel.status_code:ERROR", "1")]
    [InlineData("service=web&minDuration=10us", "1")]
    [InlineData("service=web&minDuration=0h0.01ms&maxDuration=1h30m", "1")]
    [InlineData("service=web&maxDuration=9us", "2")]
    [InlineData("service=web&start=1749999941000000&end=1749999950000000", "2")]
    [InlineData("service=web&start=1749999940000000&end=1749999940000001&limit=20&lookback=custom", "1")]
    [InlineData("service=web&lookback=1s", "")]
    [InlineData("traceID=1&traceID=00000000000000000000000000000002", "1 2")]
    public async Task A_search_finds_the_newest_traces_with_a_matching_span(string query, string traces)
    {
        var answer = await jaeger.Api.GetAsync($"/jaeger/api/traces?{query}");

        Assert.Equal(traces, string.Join(' ', answer.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("traceID").GetString()!.TrimStart('0'))));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task A_named_trace_that_is_missing_is_told_beside_those_that_are_there()
    {
        var answer = await jaeger.Api.GetAsync("/jaeger/api/traces?traceID=1&traceID=77");

        Assert.Single(answer.GetProperty("data").EnumerateArray());
        Assert.Equal($$"""[{"code":404,"msg":"trace not found","traceID":"{{OtlpText.TraceId(0x77)}}"}]""", Raw(answer.GetProperty("errors")));
    }

    [Theory]
    [InlineData("traces", 400, "parameter 'service' is required")]
    [InlineData("traces?service=web&start=yesterday", 400, "start")]
    [InlineData("traces?service=web&start=5&end=4", 400, "before")]
    [InlineData("traces?service=web&limit=some", 400, "limit")]
    [InlineData("traces?service=web&minDuration=long", 400, "minDuration")]
    [InlineData("traces?service=web&minDuration=5", 400, "minDuration")]
    [InlineData("traces?service=web&minDuration=2s&maxDuration=1s", 400, "maxDuration")]
    [InlineData("traces?service=web&tag=novalue", 400, "key:value")]
    [InlineData("traces?service=web&tags={", 400, "tags")]
    [InlineData("traces?service=web&tags=a%3D%22open", 400, "tags")]
    [InlineData("traces?traceID=zz", 400, "zz")]
    [InlineData("traces/zz", 400, "trace id")]
    [InlineData("traces/99", 404, "trace not found")]
    [InlineData("operations", 400, "parameter 'service' is required")]
    [InlineData("dependencies", 400, "endTs")]
    [InlineData("dependencies?endTs=1750000000000&lookback=1h", 400, "lookback")]
    public async Task Errors_have_Jaegers_envelope(string path, int status, string message)
    {
        var answer = await jaeger.Api.GetAsync($"/jaeger/api/{path}", (HttpStatusCode)status);

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").ValueKind);
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(status, error.GetProperty("code").GetInt32());
        Assert.Contains(message, error.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependencies_are_the_edges_of_the_service_map_by_name()
    {
        var answer = await jaeger.Api.GetAsync("/jaeger/api/dependencies?endTs=1750000000000&lookback=3600000");

        Assert.Equal("""{"data":[{"parent":"front","child":"stock","callCount":1}],"total":1,"limit":0,"offset":0,"errors":null}""", Raw(answer));
        Assert.Equal("[]", Raw((await jaeger.Api.GetAsync("/jaeger/api/dependencies?endTs=1700000000000&lookback=3600000")).GetProperty("data")));
    }

    [Theory]
    [InlineData("traces/00000000000000000000000000000001")]
    [InlineData("traces/1?start_time=2025-06-15T15:05:40Z&end_time=2025-06-15T15:05:41.5Z")]
    [InlineData("traces?query.service_name=shop/checkout&query.num_traces=5&query.start_time_min=2025-06-15T15:00:00Z&query.start_time_max=2025-06-15T17:06:00.000000001+02:00")]
    [InlineData("traces?query.serviceName=shop/checkout&query.searchDepth=5&query.startTimeMin=2025-06-15T15:00:00Z&query.startTimeMax=2025-06-15T15:06:00Z&query.attributes={\"ok\":\"false\"}&query.durationMin=1us")]
    public async Task The_third_API_answers_OTLP_without_loss(string path)
    {
        var answer = await jaeger.Api.GetAsync($"/jaeger/api/v3/{path}");

        var output = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(Encoding.UTF8.GetBytes(Raw(answer.GetProperty("result"))), OtlpSchema.ExportTraceServiceRequest, output, out _));
        var sent = OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, JaegerServer.FirstTrace());
        Assert.Equal(sent, OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, output.WrittenSpan));
    }

    [Theory]
    [InlineData("traces?query.service_name=web", 400)]
    [InlineData("traces?query.service_name=web&query.start_time_min=soon&query.start_time_max=2025-06-15T15:06:00Z", 400)]
    [InlineData("traces?query.service_name=nobody&query.start_time_min=2025-06-15T15:00:00Z&query.start_time_max=2025-06-15T15:06:00Z", 404)]
    [InlineData("traces/99", 404)]
    [InlineData("traces/zz", 400)]
    [InlineData("operations", 400)]
    public async Task Errors_of_the_third_API_have_its_envelope(string path, int status)
    {
        var error = (await jaeger.Api.GetAsync($"/jaeger/api/v3/{path}", (HttpStatusCode)status)).GetProperty("error");

        Assert.Equal(status, error.GetProperty("httpCode").GetInt32());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_large_trace_comes_in_one_piece()
    {

        var trace = Assert.Single((await jaeger.Api.GetAsync("/jaeger/api/traces/5")).GetProperty("data").EnumerateArray());
        var spans = (await jaeger.Api.GetAsync("/jaeger/api/v3/traces/5")).GetProperty("result").GetProperty("resourceSpans").EnumerateArray()
            .SelectMany(r => r.GetProperty("scopeSpans").EnumerateArray()).Sum(s => s.GetProperty("spans").GetArrayLength());

        Assert.Equal((JaegerServer.BigCount, JaegerServer.BigCount), (trace.GetProperty("spans").GetArrayLength(), spans));
    }

    private static string Raw(JsonElement element) => element.GetRawText();
}
