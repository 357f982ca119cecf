using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

public sealed class OtlpCanonicalTests
{
    [Fact]
    public void Items_are_the_same_however_they_are_grouped()
    {
        var random = new RandomOtlp(seed: 17);
        foreach (var request in new[] { OtlpSchema.ExportTraceServiceRequest, OtlpSchema.ExportLogsServiceRequest, OtlpSchema.ExportMetricsServiceRequest })
        {
            for (var round = 0; round < 50; round++)
            {
                var message = random.Next(request);
                var apart = Split(request, message);
                apart.Reverse();
                var regrouped = new ProtoWriter();
                foreach (var part in apart)
                    regrouped.WriteRaw(part);
                Assert.Equal(OtlpCanonical.Items(request, message), OtlpCanonical.Items(request, regrouped.WrittenSpan));
                Assert.Equal(apart.Count, OtlpCanonical.Items(request, message).Count);
            }
        }
    }

    [Fact]
    public void Items_that_differ_in_the_least_differ()
    {
        var items = new HashSet<string>();
        foreach (var json in new[]
        {
            """{"name":"a"}""",
            """{"name":"b"}""",
            """{"name":"a","flags":1}""",
            """{"name":"a","status":{"code":1}}""",
            """{"name":"a","attributes":[{"key":"k"}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"intValue":1}}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"doubleValue":1}}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"doubleValue":-0}}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"doubleValue":0}}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"stringValue":"1"}}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"stringValue":""}}]}""",
            """{"name":"a","attributes":[{"key":"k","value":{"bytesValue":""}}]}""",
            """{"name":"a","events":[{},{"name":"e"}]}""",
            """{"name":"a","events":[{"name":"e"},{}]}""",
        })
        {
            items.Add(OtlpCanonical.Text(OtlpSchema.Span, Span(json)));
        }

        Assert.Equal(14, items.Count);
        Assert.Equal(OtlpCanonical.Text(OtlpSchema.Span, Span("{}")), OtlpCanonical.Text(OtlpSchema.Span, Span("""{"status":{},"name":""}""")));
        Assert.Equal(
            OtlpCanonical.Text(OtlpSchema.Span, Span("""{"attributes":[{"key":"k"},{"key":"j","value":{}}]}""")),
            OtlpCanonical.Text(OtlpSchema.Span, Span("""{"attributes":[{"key":"j"},{"key":"k","value":{}}]}""")));
    }

    private static ReadOnlySpan<byte> Span(string json)
    {
        var output = new ProtoWriter();
        Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(System.Text.Encoding.UTF8.GetBytes(json), OtlpSchema.Span, output, out _));
        return output.WrittenSpan;
    }

    /// <summary>Takes a request apart into requests of one span, log record or data point each.</summary>
    private static List<byte[]> Split(OtlpMessage type, ReadOnlySpan<byte> message)
    {
        var down = type == OtlpSchema.Metric
            ? type.Fields.Where(field => field.Presence == OtlpFieldPresence.OneOf).ToHashSet()
            : [.. type.Fields.Where(field => field.IsRepeated && field.Message != OtlpSchema.KeyValue)];
        if (type == OtlpSchema.Span || type == OtlpSchema.LogRecord || type.Name.EndsWith("DataPoint", StringComparison.Ordinal))
            return [message.ToArray()];

        var common = new ProtoWriter();
        var children = new List<(OtlpField Field, byte[] Body)>();
        var reader = new ProtoReader(message);
        while (true)
        {
            var start = reader.Position;
            if (!reader.TryReadTag(out var tag))
                break;
            var field = type.Find(tag >> 3)!;
            if (down.Contains(field))
            {
                children.Add((field, reader.ReadBytes().ToArray()));
                continue;
            }

            reader.Skip(tag);
            common.WriteRaw(message[start..reader.Position]);
        }

        var parts = new List<byte[]>();
        foreach (var (field, body) in children)
        {
            foreach (var child in Split(field.Message!, body))
            {
                var part = new ProtoWriter();
                part.WriteBytes(field.Number, child);
                part.WriteRaw(common.WrittenSpan);
                parts.Add(part.WrittenSpan.ToArray());
            }
        }

        return parts;
    }
}
