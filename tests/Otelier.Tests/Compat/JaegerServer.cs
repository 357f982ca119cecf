using Otelier.Tests.Api;
using Xunit;

namespace Otelier.Tests.Compat;

/// <summary>
/// A server that holds trace 1 (web, and shop/checkout with one of everything OTLP knows), the later trace 2 of web alone, trace 6 in which front calls stock, and trace 5 of
/// big, which has more spans than are read at once.
/// </summary>
public sealed class JaegerServer : IAsyncLifetime
{
    private const ulong Start = ApiServer.Now - 60_000_000_000;

    private const string Checkout = """
        "kind":3,"flags":257,"traceState":"a=b","status":{"code":2,"message":"declined"},
        "attributes":[{"key":"http.response.status_code","value":{"intValue":"500"}},{"key":"ok","value":{"boolValue":false}},{"key":"share","value":{"doubleValue":0.5}},
          {"key":"big","value":{"intValue":"9007199254740993"}},{"key":"raw","value":{"bytesValue":"AQI="}},{"key":"list","value":{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x"}]}}}],
        "events":[{"timeUnixNano":"1749999940000005000","name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"Boom"}}]}],
        "links":[{"traceId":"000000000000000000000000000000aa","spanId":"00000000000000bb"}]
        """;

    internal const int BigCount = 2500;

    internal ApiServer Api { get; private set; } = null!;

    internal static byte[] FirstTrace() =>
    [
        .. OtlpText.Spans("web", OtlpText.Span(1, 1, 0, Start, 10_000)),
        .. OtlpText.Spans("shop/checkout", OtlpText.Span(1, 2, 1, Start + 1000, 2000, Checkout)),
    ];

    public async ValueTask InitializeAsync()
    {
        Api = await ApiServer.StartAsync();
        await Api.InsertSpansAsync(FirstTrace());
        await Api.InsertSpansAsync(OtlpText.Spans("web", OtlpText.Span(2, 1, 0, Start + 5_000_000_000, 5000)));
        await Api.InsertSpansAsync(OtlpText.Spans("front", OtlpText.Span(6, 1, 0, Start, 100, "\"kind\":3")));
        await Api.InsertSpansAsync(OtlpText.Spans("stock", OtlpText.Span(6, 2, 1, Start, 50)));
        await Api.InsertSpansAsync(OtlpText.Spans("big", Enumerable.Range(1, BigCount).Select(i => OtlpText.Span(5, i, i - 1, Start + (ulong)i, 10))));
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
