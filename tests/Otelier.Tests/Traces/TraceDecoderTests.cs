using System.Text;
using Otelier.Signals;
using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Otelier.Signals.Traces;
using Otelier.Tests.Otlp;
using Xunit;

namespace Otelier.Tests.Traces;

public sealed class TraceDecoderTests : IDisposable
{
    private readonly TraceDecoder _decoder = new();
    private readonly BatchPool<SpanBatch> _pool = new(64 << 20);
    private readonly Rejections _rejections = new();

    public void Dispose() => _decoder.Dispose();

    [Fact]
    public void Attributes_are_sorted_by_key_with_one_letter_each()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span =>
        {
            MessageBuilder.Attribute(span, 9, "z", "text");
            MessageBuilder.Attribute(span, 9, "b", any => any.WriteVarint(2, 1));
            MessageBuilder.Attribute(span, 9, "a", any => any.WriteVarint(3, unchecked((ulong)-5L)));
            MessageBuilder.Attribute(span, 9, "d", any => any.WriteDouble(4, 0.1));
        })));

        Assert.Equal("a=-5 b=true d=0.1 z=text", Describe(batch.Attributes, 0));
        Assert.Equal("ibds", Encoding.UTF8.GetString(batch.Attributes.Shape(0).Signature));
    }

    [Fact]
    public void Arrays_kvlists_bytes_and_empty_values_keep_their_kind()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span =>
        {
            MessageBuilder.Attribute(span, 9, "list", any => MessageBuilder.Message(any, 5, list =>
            {
                MessageBuilder.Message(list, 1, value => value.WriteString(1, "1"));
                MessageBuilder.Message(list, 1, value => value.WriteVarint(3, 1));
            }));
            MessageBuilder.Attribute(span, 9, "map", any => MessageBuilder.Message(any, 6, map => MessageBuilder.Attribute(map, 1, "k", "v")));
            MessageBuilder.Attribute(span, 9, "raw", any => any.WriteBytes(7, [1, 2]));
            MessageBuilder.Attribute(span, 9, "none", _ => { });
        })));

        Assert.Equal("list=[\"1\",1] map={\"k\":\"v\"} none= raw=AQI=", Describe(batch.Attributes, 0));
        Assert.Equal("aknx", Encoding.UTF8.GetString(batch.Attributes.Shape(0).Signature));
        Assert.Equal("[si]{s}", Encoding.UTF8.GetString(batch.Attributes.NestedSignature(0)));
    }

    [Fact]
    public void Equal_keys_are_both_kept_in_the_order_they_were_sent()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span =>
        {
            MessageBuilder.Attribute(span, 9, "k", "second key first value");
            MessageBuilder.Attribute(span, 9, "a", "x");
            MessageBuilder.Attribute(span, 9, "k", "last");
        })));

        Assert.Equal("a=x k=second key first value k=last", Describe(batch.Attributes, 0));
    }

    [Theory]
    [InlineData(new byte[0], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, DecodeError.InvalidTraceId)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, DecodeError.InvalidTraceId)]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, DecodeError.InvalidTraceId)]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, DecodeError.InvalidSpanId)]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, new byte[] { 1 }, DecodeError.InvalidSpanId)]
    public void Span_with_an_invalid_id_is_rejected_and_its_siblings_live(byte[] traceId, byte[] spanId, DecodeError reason)
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(), MessageBuilder.Span(null, traceId, spanId), MessageBuilder.Span()));

        Assert.Equal(2, batch.Count);
        Assert.Equal(1, _rejections[reason]);
        Assert.Equal(1, _rejections.Total);
        Assert.Contains(reason.Explain(), _rejections.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rejected_span_leaves_none_of_its_events_links_or_attributes_behind()
    {
        Action<ProtoWriter> parts = span =>
        {
            MessageBuilder.Attribute(span, 9, "k", "v");
            MessageBuilder.Message(span, 11, item => item.WriteString(2, "event"));
            MessageBuilder.Message(span, 13, link => link.WriteBytes(1, MessageBuilder.TraceId));
        };
        using var batch = Decode(MessageBuilder.Request(
            MessageBuilder.Span(parts), MessageBuilder.Span(parts, spanId: [9]), MessageBuilder.Span(parts)));

        Assert.Equal(2, batch.Count);
        Assert.Equal([1, 2], batch.EventEnds.Values.ToArray());
        Assert.Equal([1, 2], batch.LinkEnds.Values.ToArray());
        Assert.Equal(2, batch.Events.Count);
        Assert.Equal(2, batch.Links.Count);
        Assert.Equal("k=v", Describe(batch.Attributes, 1));
    }

    [Fact]
    public void Invalid_utf8_rejects_only_its_own_span()
    {
        using var batch = Decode(MessageBuilder.Request(
            MessageBuilder.Span(span => MessageBuilder.Attribute(span, 9, "k", any => any.WriteBytes(1, [0xC3, 0x28]))),
            MessageBuilder.Span(span => MessageBuilder.Message(span, 9, pair => pair.WriteBytes(1, [0xFF]))),
            MessageBuilder.Span(span => MessageBuilder.Attribute(span, 9, "k", "größe"))));

        Assert.Equal("k=größe", Describe(batch.Attributes, 0));
        Assert.Equal(2, _rejections[DecodeError.InvalidUtf8]);
    }

    [Fact]
    public void Invalid_resource_rejects_every_span_in_it_and_no_other()
    {
        var bad = MessageBuilder.RequestOf(
            resource => MessageBuilder.Attribute(resource, 1, "k", any => any.WriteBytes(1, [0xFF])), MessageBuilder.Span(), MessageBuilder.Span());
        var good = MessageBuilder.Request(MessageBuilder.Span());
        using var batch = Decode([.. bad, .. good]);

        Assert.Equal(1, batch.Count);
        Assert.Equal(2, _rejections[DecodeError.InvalidUtf8]);
    }

    [Fact]
    public void Known_field_of_another_wire_type_rejects_the_span()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span => span.WriteVarint(9, 1)), MessageBuilder.Span()));

        Assert.Equal(1, batch.Count);
        Assert.Equal(1, _rejections[DecodeError.WrongWireType]);
    }

    [Fact]
    public void Unknown_fields_of_future_versions_are_passed_over()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span =>
        {
            span.WriteVarint(1000, 7);
            span.WriteString(1001, "future");
            span.WriteFixed64(1002, 1);
            span.WriteFixed32(1003, 1);
        })));

        Assert.Equal(1, batch.Count);
        Assert.Equal(0, _rejections.Total);
    }

    [Fact]
    public void String_index_of_profiles_is_no_value_and_no_fault()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span => MessageBuilder.Attribute(span, 9, "k", any => any.WriteVarint(8, 3)))));

        Assert.Equal("n", Encoding.UTF8.GetString(batch.Attributes.Shape(0).Signature));
    }

    [Fact]
    public void Too_many_attributes_and_too_long_keys_are_counted_rejections()
    {
        using var batch = Decode(MessageBuilder.Request(
            MessageBuilder.Span(span =>
            {
                for (var i = 0; i <= DecodeLimits.AttributesPerItemMax; i++)
                    MessageBuilder.Attribute(span, 9, $"k{i}", "v");
            }),
            MessageBuilder.Span(span => MessageBuilder.Attribute(span, 9, new string('k', DecodeLimits.AttributeKeyBytesMax + 1), "v")),
            MessageBuilder.Span(span =>
            {
                for (var i = 0; i < DecodeLimits.AttributesPerItemMax; i++)
                    MessageBuilder.Attribute(span, 9, $"k{i}", "v");
            })));

        Assert.Equal(1, batch.Count);
        Assert.Equal(1, _rejections[DecodeError.TooManyAttributes]);
        Assert.Equal(1, _rejections[DecodeError.KeyTooLong]);
        Assert.Equal(DecodeLimits.AttributesPerItemMax, batch.Attributes.Shape(0).Count);
    }

    [Fact]
    public void Values_nested_too_deep_are_a_counted_rejection()
    {
        using var batch = Decode(MessageBuilder.Request(MessageBuilder.Span(span => MessageBuilder.Attribute(span, 9, "k", any => Nest(any, 10_000)))));

        Assert.Equal(0, batch.Count);
        Assert.Equal(1, _rejections[DecodeError.NestingTooDeep]);

        static void Nest(ProtoWriter writer, int depth)
        {
            var starts = new Stack<int>();
            for (var i = 0; i < depth; i++)
            {
                starts.Push(writer.BeginMessage(5));
                starts.Push(writer.BeginMessage(1));
            }

            while (starts.TryPop(out var start))
                writer.EndMessage(start);
        }
    }

    [Fact]
    public void Request_that_ends_in_the_middle_is_refused_as_a_whole()
    {
        var whole = MessageBuilder.Request(MessageBuilder.Span(), MessageBuilder.Span());
        using var batch = _pool.Rent();

        Assert.Equal(DecodeError.Truncated, _decoder.Decode(whole.AsSpan(0, whole.Length - 1), batch, _rejections));
    }

    [Fact]
    public void Many_shapes_and_names_are_forgotten_and_still_right()
    {
        for (var round = 0; round < 3; round++)
        {
            using var batch = Decode(MessageBuilder.Request(Enumerable.Range(0, 2000).Select(i => MessageBuilder.Span(span =>
            {
                span.WriteString(5, $"name {i}");
                for (var key = 0; key < 12; key++)
                    MessageBuilder.Attribute(span, 9, $"key-{((i * 7919) + (key * 31)) % 997}", $"{i}/{key}");
            }))));

            Assert.Equal(2000, batch.Count);
            for (var i = 0; i < 2000; i++)
            {
                Assert.Equal($"name {i}", Encoding.UTF8.GetString(batch.Name[i]));
                Assert.True(batch.Attributes.TryGet(i, Encoding.UTF8.GetBytes($"key-{i * 7919 % 997}"), out _, out var text));
                Assert.Equal($"{i}/0", Encoding.UTF8.GetString(text));
            }
        }
    }

    [Fact]
    public void Every_random_valid_request_is_taken_whole()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var request = new RandomOtlp(seed).Next(OtlpSchema.ExportTraceServiceRequest);
            using var batch = Decode(request);
            Assert.Equal(0, _rejections.Total);
            Assert.Equal(OtlpCanonical.Items(OtlpSchema.ExportTraceServiceRequest, request).Count, batch.Count);
        }
    }

    [Fact]
    public void Damaged_requests_never_throw()
    {
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var request = new RandomOtlp(i, new RandomOtlpOptions { Valid = i % 2 == 0 }).Next(OtlpSchema.ExportTraceServiceRequest);
            for (var flips = random.Next(1, 6); flips > 0 && request.Length > 0; flips--)
                request[random.Next(request.Length)] ^= (byte)(1 << random.Next(8));
            using var batch = _pool.Rent();
            _decoder.Decode(request.AsSpan(0, random.Next(request.Length + 1)), batch, _rejections);
            Assert.Equal(batch.Count, batch.ScopeIndex.Count);
            Assert.Equal(batch.Count, batch.Attributes.Count);
            Assert.Equal(batch.Count == 0 ? 0 : batch.EventEnds[batch.Count - 1], batch.Events.Count);
        }
    }

    private static string Describe(AttributesColumn column, int row)
    {
        var parts = new List<string>();
        var rest = column.ValuesOf(row);
        for (var i = 0; i < column.Shape(row).Count; i++)
        {
            parts.Add($"{Encoding.UTF8.GetString(column.Shape(row).Key(i))}={Encoding.UTF8.GetString(NativeString.Read(rest, out var size))}");
            rest = rest[size..];
        }

        Assert.True(rest.IsEmpty);
        return string.Join(' ', parts);
    }

    private SpanBatch Decode(byte[] request)
    {
        var batch = _pool.Rent();
        Assert.Equal(DecodeError.None, _decoder.Decode(request, batch, _rejections));
        return batch;
    }
}
