using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otelier.Signals.Otlp;
using Otelier.Tests.EndToEnd;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Api;

[Collection(EngineCollection.Name)]
public sealed class QueryEndpointTests
{
    private const ulong Now = ApiServer.Now;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trace_is_answered_with_typed_attributes()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(Span(1, Now, "checkout", w =>
        {
            Attribute(w, "code", any => any.WriteVarint(3, 200));
            Attribute(w, "text", any => any.WriteString(1, "200"));
            Attribute(w, "share", any => any.WriteDouble(4, 0.5));
            Attribute(w, "gift", any => any.WriteVarint(2, 1));
            Attribute(w, "big", any => any.WriteVarint(3, 9007199254740993));
        })));

        var trace = await server.GetAsync($"/api/v1/traces/{TraceId(1)}");

        Assert.Equal(TraceId(1), trace.GetProperty("traceId").GetString());
        Assert.Equal(Now.ToString(System.Globalization.CultureInfo.InvariantCulture), trace.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal(1500, trace.GetProperty("durationNanos").GetInt64());
        var span = Assert.Single(trace.GetProperty("spans").EnumerateArray());
        Assert.Equal(("checkout", "server", "shop"), (Text(span, "name"), Text(span, "kind"), Text(span, "serviceName")));
        Assert.Equal(
            """{"big":9007199254740993,"code":200,"gift":true,"share":0.5,"text":"200"}""", span.GetProperty("attributes").GetRawText());
        Assert.Equal("shop", span.GetProperty("resource").GetProperty("attributes").GetProperty("service.name").GetString());
    }

    [Fact]
    public async Task An_unknown_trace_is_404_and_no_id_is_404()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal("urn:otelier:error:not-found", Text(await server.GetAsync($"/api/v1/traces/{TraceId(9)}", HttpStatusCode.NotFound), "type"));
        await server.GetAsync("/api/v1/traces/nonsense", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/v1/spans?servcie=a", "'servcie'")]
    [InlineData("/api/v1/spans?servcie=a", "service")]
    [InlineData("/api/v1/spans?limit=1001", "1000")]
    [InlineData("/api/v1/spans?limit=0", "limit")]
    [InlineData("/api/v1/spans?start=yesterday", "start")]
    [InlineData("/api/v1/spans?start=-1h&end=-2h", "before")]
    [InlineData("/api/v1/spans?start=-32d", "31 days")]
    [InlineData("/api/v1/spans?minDuration=fast", "minDuration")]
    [InlineData("/api/v1/spans?status=bad", "unset, ok, error")]
    [InlineData("/api/v1/spans?traceId=xyz", "32")]
    [InlineData("/api/v1/spans?limit=1&limit=2", "more than once")]
    [InlineData("/api/v1/spans?format=xml", "otlp")]
    [InlineData("/api/v1/traces?format=otlp", "'format'")]
    [InlineData("/api/v1/traces/0af7651916cd43dd8448eb211c80319c?limit=5", "'limit'")]
    [InlineData("/api/v1/logs?severity=loud", "fatal")]
    [InlineData("/api/v1/logs?name=a", "'name'")]
    [InlineData("/api/v1/services?service=a", "'service'")]
    public async Task What_cannot_be_understood_is_refused_by_name(string path, string mentioned)
    {
        await using var server = await ApiServer.StartAsync();

        var problem = await server.GetAsync(path, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("urn:otelier:error:unprocessable", Text(problem, "type"));
        Assert.Contains(mentioned, Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_narrow_a_search()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request(
            Span(1, Now, "GET", w => Attribute(w, "code", any => any.WriteVarint(3, 200))),
            Span(2, Now - 1000, "PUT", w => Attribute(w, "code", any => any.WriteString(1, "500"))),
            Span(3, Now - 2000, "SLOW", _ => { }, durationNanos: 300_000_000)));

        Assert.Equal(["GET", "PUT", "SLOW"], await NamesAsync(""));
        Assert.Equal(["PUT"], await NamesAsync("&name=PUT"));
        Assert.Equal(["GET", "PUT"], await NamesAsync("&name=PUT&name=GET"));
        Assert.Equal(["SLOW"], await NamesAsync("&minDuration=250ms"));
        Assert.Equal(["GET", "PUT"], await NamesAsync("&maxDuration=0.25s"));
        Assert.Equal(["GET"], await NamesAsync("&attr.code=200"));
        Assert.Equal(["PUT"], await NamesAsync("&attr.code=500"));
        Assert.Equal([], await NamesAsync("&attr.code=%22200%22"));
        Assert.Equal(["PUT"], await NamesAsync("&attr.code=%22500%22"));
        Assert.Equal([], await NamesAsync("&status=error"));
        Assert.Equal([], await NamesAsync("&service=other"));
        Assert.Equal(["GET", "PUT", "SLOW"], await NamesAsync("&attr.service.name=shop"));
        Assert.Equal(["SLOW"], await NamesAsync($"&traceId={TraceId(3).ToUpperInvariant()}"));

        async Task<IEnumerable<string>> NamesAsync(string parameters) =>
            (await server.GetAsync($"/api/v1/spans?start=-15m{parameters}")).GetProperty("spans").EnumerateArray().Select(span => Text(span, "name"));
    }

    [Fact]
    public async Task Pages_follow_their_cursors_and_a_foreign_or_altered_cursor_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request([.. Enumerable.Range(1, 25).Select(i => Span((ulong)i, Now, "s", _ => { }))]));
        foreach (var list in (string[])["spans", "traces"])
        {
            var ids = new List<string>();
            var path = $"/api/v1/{list}?start=-15m&service=shop";
            string? cursor = null;
            string? first = null;
            do
            {
                var page = await server.GetAsync($"{path}&limit=10{(cursor is null ? "" : $"&cursor={cursor}")}");
                ids.AddRange(page.GetProperty(list).EnumerateArray().Select(item => Text(item, "traceId")));
                cursor = page.GetProperty("nextCursor").GetString();
                first ??= cursor;
            }
            while (cursor is not null);

            Assert.Equal(25, ids.Distinct().Count());
            Assert.Equal(25, ids.Count);
            var altered = (first![0] == 'A' ? 'B' : 'A') + first[1..];
            foreach (var bad in (string[])[$"{path}&cursor={altered}", $"{path}&cursor=AAAA", $"{path}&cursor=!!", $"{path}&name=s&cursor={first}", $"/api/v1/logs?start=-15m&service=shop&cursor={first}"])
                Assert.Equal("urn:otelier:error:invalid-cursor", Text(await server.GetAsync(bad, HttpStatusCode.BadRequest), "type"));
        }
    }

    [Fact]
    public async Task Spans_and_traces_leave_as_the_OTLP_they_came_as()
    {
        await using var server = await ApiServer.StartAsync();
        var random = new RandomOtlp(seed: 5, new RandomOtlpOptions { TimeUnixNano = Now - 3_600_000_000_000, ItemsMax = 8 });
        var request = Enumerable.Range(0, 20).SelectMany(_ => random.Next(OtlpSchema.ExportTraceServiceRequest)).ToArray();
        var sent = OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, request);
        Assert.NotEmpty(sent);
        await server.InsertSpansAsync(request);

        var json = await server.GetAsync("/api/v1/spans?start=-2h&end=%2B1h&limit=1000&format=otlp");
        Assert.Equal(sent, OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, FromJson(OtlpSchema.ExportTraceServiceRequest, json)));

        using var message = new HttpRequestMessage(HttpMethod.Get, "/api/v1/spans?start=-2h&end=%2B1h&limit=1000&format=otlp");
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-protobuf"));
        using var response = await server.Client.SendAsync(message, Stop);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(sent, OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, await response.Content.ReadAsByteArrayAsync(Stop)));

        var traces = (await server.GetAsync("/api/v1/traces?start=-2h&end=%2B1h&limit=1000")).GetProperty("traces").EnumerateArray().Select(trace => Text(trace, "traceId"));
        var byTrace = new List<string>();
        foreach (var id in traces)
            byTrace.AddRange(OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, FromJson(OtlpSchema.ExportTraceServiceRequest, await server.GetAsync($"/api/v1/traces/{id}?format=otlp"))));
        Assert.Equal(sent, byTrace.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Logs_are_searched_and_leave_as_OTLP()
    {
        await using var server = await ApiServer.StartAsync();
        var output = new ProtoWriter();
        var resource = output.BeginMessage(1);
        var scope = output.BeginMessage(2);
        foreach (var (body, severity) in ((string, ulong)[])[("all is well", 9), ("card declined", 17)])
        {
            var record = output.BeginMessage(2);
            output.WriteFixed64(1, Now);
            output.WriteFixed64(11, Now + 1);
            output.WriteVarint(2, severity);
            var any = output.BeginMessage(5);
            output.WriteString(1, body);
            output.EndMessage(any);
            output.EndMessage(record);
        }

        output.EndMessage(scope);
        output.EndMessage(resource);
        await server.InsertLogsAsync(output.WrittenSpan.ToArray());

        Assert.Equal("card declined", Text(Assert.Single((await server.GetAsync("/api/v1/logs?start=-15m&severity=warn")).GetProperty("logs").EnumerateArray()), "body"));
        Assert.Equal("all is well", Text(Assert.Single((await server.GetAsync("/api/v1/logs?start=-15m&body=well")).GetProperty("logs").EnumerateArray()), "body"));
        var otlp = await server.GetAsync("/api/v1/logs?start=-15m&format=otlp");
        Assert.Equal(
            OtlpCanonical.Items(OtlpSchema.ExportLogsServiceRequest, output.WrittenSpan),
            OtlpCanonical.Items(OtlpSchema.ExportLogsServiceRequest, FromJson(OtlpSchema.ExportLogsServiceRequest, otlp)));
        Assert.Equal("""{"resourceLogs":[]}""", (await server.GetAsync("/api/v1/logs?start=-15m&body=absent&format=otlp")).GetRawText());
    }

    [Fact]
    public async Task Services_come_from_what_the_store_summed_up()
    {
        await using var server = await ApiServer.StartAsync();
        await server.InsertSpansAsync(Request([.. Enumerable.Range(1, 30).Select(i => Span((ulong)i, Now, i % 3 == 0 ? "GET" : "PUT", _ => { }, status: i <= 3 ? 2u : 0u))]));

        var service = Assert.Single((await server.GetAsync("/api/v1/services?start=-15m")).GetProperty("services").EnumerateArray());

        Assert.Equal("shop", Text(service, "name"));
        Assert.Equal((30, 3), (service.GetProperty("spanCount").GetInt32(), service.GetProperty("errorCount").GetInt32()));
        Assert.Equal(1500, service.GetProperty("durationAverageNanos").GetInt32());
        Assert.InRange(service.GetProperty("durationP95Nanos").GetInt32(), 1300, 1500);
    }

    private static byte[] FromJson(OtlpMessage type, JsonElement json)
    {
        var output = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(Encoding.UTF8.GetBytes(json.GetRawText()), type, output, out _));
        return output.WrittenSpan.ToArray();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string TraceId(ulong number) => $"00000000000000ff{number:x16}";

    private static byte[] Request(params Action<ProtoWriter>[] spans)
    {
        var output = new ProtoWriter();
        var resourceSpans = output.BeginMessage(1);
        var resource = output.BeginMessage(1);
        Attribute(output, "service.name", any => any.WriteString(1, "shop"), field: 1);
        output.EndMessage(resource);
        var scope = output.BeginMessage(2);
        foreach (var span in spans)
            span(output);
        output.EndMessage(scope);
        output.EndMessage(resourceSpans);
        return output.WrittenSpan.ToArray();
    }

    private static Action<ProtoWriter> Span(
        ulong number, ulong start, string name, Action<ProtoWriter> attributes, ulong durationNanos = 1500, uint status = 0) => output =>
    {
        var id = Convert.FromHexString(TraceId(number));
        var span = output.BeginMessage(2);
        output.WriteBytes(1, id);
        output.WriteBytes(2, id.AsSpan(8));
        output.WriteString(5, name);
        output.WriteVarint(6, 2);
        output.WriteFixed64(7, start);
        output.WriteFixed64(8, start + durationNanos);
        attributes(output);
        var message = output.BeginMessage(15);
        output.WriteVarint(3, status);
        output.EndMessage(message);
        output.EndMessage(span);
    };

    private static void Attribute(ProtoWriter output, string key, Action<ProtoWriter> value, int field = 9)
    {
        var attribute = output.BeginMessage(field);
        output.WriteString(1, key);
        var any = output.BeginMessage(2);
        value(output);
        output.EndMessage(any);
        output.EndMessage(attribute);
    }
}
