using Otelier.Signals.Columns;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

/// <summary>Damaged input gives a value, never an exception, and never much more output than there was input.</summary>
public sealed class OtlpFuzzTests
{
    private const int Rounds = 3_000;
    private const int MutationsMax = 4;

    private static readonly OtlpMessage[] Requests =
        [OtlpSchema.ExportTraceServiceRequest, OtlpSchema.ExportLogsServiceRequest, OtlpSchema.ExportMetricsServiceRequest];

    [Fact]
    public void Damaged_JSON_is_transcoded_or_refused()
    {
        var random = new Random(1);
        var messages = new RandomOtlp(seed: 1, new RandomOtlpOptions { ResourcesMax = 1, ItemsMax = 2, PartsMax = 2 });
        var output = new ProtoWriter();
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var type = Requests[round % Requests.Length];
            using var json = new ByteBuffer();
            Assert.Equal(DecodeError.None, OtlpJsonWriter.Write(messages.Next(type), type, json));
            var damaged = Mutate(random, json.WrittenSpan, "{}[]\",:\\0-e.untf \u00ff"u8);
            output.Clear();
            var error = OtlpJsonReader.TryTranscode(damaged, type, output, out var fault);
            Assert.Equal(error == DecodeError.None, fault is null);
            Assert.True(output.Length <= (damaged.Length * 4) + 16);
            refused += error == DecodeError.None ? 0 : 1;
            if (error == DecodeError.None)
                OtlpCanonical.Text(type, output.WrittenSpan);
        }

        Assert.InRange(refused, Rounds / 4, Rounds - 1);
    }

    [Fact]
    public void Damaged_protobuf_is_written_as_JSON_or_refused()
    {
        var random = new Random(2);
        var messages = new RandomOtlp(seed: 2, new RandomOtlpOptions { Valid = false, ResourcesMax = 1, ItemsMax = 2, PartsMax = 2 });
        var output = new ProtoWriter();
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var type = Requests[round % Requests.Length];
            var damaged = Mutate(random, messages.Next(type), [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x2a, 0x32]);
            using var json = new ByteBuffer();
            if (OtlpJsonWriter.Write(damaged, type, json) != DecodeError.None)
            {
                refused++;
                continue;
            }

            output.Clear();
            Assert.Equal(DecodeError.None, OtlpJsonReader.TryTranscode(json.WrittenSpan, type, output, out _));
        }

        Assert.InRange(refused, Rounds / 4, Rounds - 1);
    }

    [Fact]
    public void Damaged_values_are_encoded_or_refused_and_what_is_encoded_comes_back()
    {
        var random = new Random(3);
        var messages = new RandomOtlp(seed: 3, new RandomOtlpOptions { Valid = false, ValueNestingMax = 6 });
        using var text = new ByteBuffer();
        using var signature = new ByteBuffer();
        var output = new ProtoWriter();
        for (var round = 0; round < Rounds * 5; round++)
        {
            var damaged = Mutate(random, messages.Next(OtlpSchema.AnyValue), [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x2a, 0x32]);
            text.Clear();
            signature.Clear();
            output.Clear();
            if (AnyValueText.Encode(damaged, text, signature, out var letter) == DecodeError.None)
                Assert.Equal(DecodeError.None, AnyValueText.Decode(text.WrittenSpan, letter, signature.WrittenSpan, output));
            Assert.True(text.Length <= (damaged.Length * 6) + 32);
            Assert.True(signature.Length <= (damaged.Length * 2) + 2);
        }
    }

    [Fact]
    public void Damaged_stored_texts_are_decoded_or_refused()
    {
        var random = new Random(4);
        var messages = new RandomOtlp(seed: 4, new RandomOtlpOptions { ValueNestingMax = 6 });
        using var text = new ByteBuffer();
        using var signature = new ByteBuffer();
        var output = new ProtoWriter();
        var refused = 0;
        for (var round = 0; round < Rounds * 5; round++)
        {
            text.Clear();
            signature.Clear();
            output.Clear();
            Assert.Equal(DecodeError.None, AnyValueText.Encode(messages.Next(OtlpSchema.AnyValue), text, signature, out var letter));
            var damagedText = random.Next(2) == 0 ? Mutate(random, text.WrittenSpan, "[]{}\",:\\0n"u8) : text.WrittenSpan.ToArray();
            var damagedSignature = random.Next(2) == 0 ? Mutate(random, signature.WrittenSpan, "[]{}sidbxn0129"u8) : signature.WrittenSpan.ToArray();
            refused += AnyValueText.Decode(damagedText, letter, damagedSignature, output) == DecodeError.None ? 0 : 1;
            Assert.True(output.Length <= (damagedText.Length * 12) + 64);
        }

        Assert.InRange(refused, 1, (Rounds * 5) - 1);
    }

    [Theory]
    [InlineData(new byte[] { 0x0a, 0xff, 0xff, 0xff, 0xff, 0x07 })]
    [InlineData(new byte[] { 0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x2a, 0x80, 0x80, 0x80, 0x80, 0x04, 0x0a })]
    [InlineData(new byte[] { 0x0b, 0x0b, 0x0b })]
    public void Length_bombs_are_refused(byte[] bomb)
    {
        using var output = new ByteBuffer();
        using var signature = new ByteBuffer();
        Assert.NotEqual(DecodeError.None, AnyValueText.Encode(bomb, output, signature, out _));
        Assert.NotEqual(DecodeError.None, OtlpJsonWriter.Write(bomb, OtlpSchema.AnyValue, output));
        Assert.InRange(output.Length, 0, 64);
    }

    /// <summary>Flips bits, cuts, repeats, and puts in bytes that mean something to the format.</summary>
    private static byte[] Mutate(Random random, ReadOnlySpan<byte> original, ReadOnlySpan<byte> telling)
    {
        var bytes = new List<byte>(original.ToArray());
        for (var mutations = random.Next(1, MutationsMax + 1); mutations > 0; mutations--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = telling[random.Next(telling.Length)];
                    break;
                case 2:
                    bytes.Insert(at, telling[random.Next(telling.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 4 when random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(32), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
