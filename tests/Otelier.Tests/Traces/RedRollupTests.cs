using Otelier.Signals;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Traces;

public sealed class RedRollupTests
{
    private const int Internal = 1;
    private const int Server = 2;
    private const int Client = 3;
    private const int Consumer = 5;
    private const ulong Millisecond = 1_000_000;
    private const ulong Start = 1_750_000_000_000_000_000;

    [Theory]
    [InlineData(Server, true, 0u, true)]
    [InlineData(Consumer, true, 0u, true)]
    [InlineData(Client, false, 0u, true)]
    [InlineData(Internal, true, 0x300u, true)]
    [InlineData(Internal, true, 0x200u, false)]
    [InlineData(Internal, true, 0x100u, false)]
    [InlineData(Client, true, 0u, false)]
    public void A_request_is_a_span_by_which_work_enters_the_service(int kind, bool hasParent, uint flags, bool isRequest)
    {
        var rollup = Add(Span("op", kind, hasParent, flags, Millisecond));

        var line = Assert.Single(rollup.Services);
        Assert.Equal((1UL, isRequest ? 1UL : 0), (line.Count, line.Requests));
    }

    [Fact]
    public void A_services_durations_and_request_errors_are_of_its_requests_alone()
    {
        var rollup = Add(
            Span("GET /", Server, true, 0, 300 * Millisecond),
            Span("GET /", Server, true, 0, 100 * Millisecond, status: 2),
            Span("SELECT", Client, true, 0, 900 * Millisecond, status: 2));

        var service = Assert.Single(rollup.Services);
        Assert.Equal((3UL, 2UL, 2UL, 1UL), (service.Count, service.Errors, service.Requests, service.RequestErrors));
        Assert.Equal((400 * Millisecond, 300 * Millisecond), (service.Durations.NanosSum, service.Durations.NanosMax));
        Assert.Equal([(DurationBucket.Of(100 * Millisecond), 1UL), (DurationBucket.Of(300 * Millisecond), 1UL)], service.Durations.Buckets);
        Assert.Equal(
            [("GET /", 2UL, 400 * Millisecond), ("SELECT", 1UL, 900 * Millisecond)],
            rollup.Operations.Select(line => (line.SpanName, line.Count, line.Durations.NanosSum)));
    }

    [Fact]
    public void Minutes_and_tenants_have_lines_of_their_own()
    {
        var rollup = new RedRollup();
        Assert.True(TenantId.TryParse("other", out var other));
        var request = MessageBuilder.Request(
            Span("op", Server, true, 0, Millisecond),
            Span("op", Server, true, 0, Millisecond, start: Start + (60_000 * Millisecond)));
        AddTo(rollup, request, TenantId.Default);
        AddTo(rollup, request, TenantId.Default);
        AddTo(rollup, request, other);

        const uint Minute = (uint)(Start / 1_000_000_000 / 60 * 60);
        Assert.Equal(
            [("default", Minute, 2UL), ("default", Minute + 60, 2UL), ("other", Minute, 1UL), ("other", Minute + 60, 1UL)],
            rollup.Services.Select(line => (line.Tenant, line.MinuteUnixSeconds, line.Count)));

        rollup.Clear();
        Assert.Empty(rollup.Services);
        Assert.Empty(rollup.Operations);
    }

    private static RedRollup Add(params IEnumerable<Action<ProtoWriter>> spans)
    {
        var rollup = new RedRollup();
        AddTo(rollup, MessageBuilder.Request(spans), TenantId.Default);
        return rollup;
    }

    private static void AddTo(RedRollup rollup, byte[] request, TenantId tenant)
    {
        using var decoder = new TraceDecoder();
        using var batch = new SpanBatch();
        Assert.Equal(DecodeError.None, decoder.Decode(request, batch, new Rejections()));
        rollup.Add(batch, tenant);
    }

    private static Action<ProtoWriter> Span(
        string name, int kind, bool hasParent, uint flags, ulong durationNanos, int status = 0, ulong start = Start) => span =>
    {
        span.WriteBytes(1, MessageBuilder.TraceId);
        span.WriteBytes(2, MessageBuilder.SpanId);
        if (hasParent)
            span.WriteBytes(4, [8, 7, 6, 5, 4, 3, 2, 1]);
        span.WriteString(5, name);
        span.WriteVarint(6, (ulong)kind);
        span.WriteFixed64(7, start);
        span.WriteFixed64(8, start + durationNanos);
        MessageBuilder.Message(span, 15, value => value.WriteVarint(3, (ulong)status));
        span.WriteFixed32(16, flags);
    };
}
