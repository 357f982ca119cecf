using System.Text;
using Otelier.Signals.Otlp;

namespace Otelier.Tests.Otlp;

/// <summary>How large and how wild the messages of <see cref="RandomOtlp"/> are. Every number is an inclusive bound.</summary>
public sealed record RandomOtlpOptions
{
    public int ResourcesMax { get; init; } = 2;

    public int ScopesMax { get; init; } = 2;

    /// <summary>Spans, log records or metrics of one scope.</summary>
    public int ItemsMax { get; init; } = 4;

    /// <summary>Points of one metric; events, links, exemplars and entity references of one owner.</summary>
    public int PartsMax { get; init; } = 3;

    public int AttributesMax { get; init; } = 6;

    public int StringLengthMax { get; init; } = 24;

    /// <summary>Deepest nesting of lists and maps in one attribute, which is itself the first level.</summary>
    public int ValueNestingMax { get; init; } = 4;

    /// <summary>
    /// Whether every item is one that a receiver must accept: real ids, times, names, values, rising bounds, unique keys. If not, every
    /// field holds whatever its type allows, the fields of profiles included.
    /// </summary>
    public bool Valid { get; init; } = true;

    /// <summary>All times of valid messages lie within the hour from here.</summary>
    public ulong TimeUnixNano { get; init; } = 1_750_000_000_000_000_000;
}

/// <summary>
/// Random OTLP messages in protobuf, any message of <see cref="OtlpSchema"/>: a walk over the table, so that a field added there is
/// in the messages too. The same seed gives the same messages.
/// </summary>
public sealed class RandomOtlp(int seed, RandomOtlpOptions? options = null)
{
    private const ulong HalfHour = 1_800_000_000_000;

    private static readonly string[] Words =
    [
        "cart", "GET /api/products", "http.request.method", "a", "größe", "値段", "🙂🚀", "\u0000nul", "\"quoted\\", "line\nbreak\ttab",
        "</script>", "\u2028", "0", "true", "null", "[1]", "\u007f\u0001", "e\u0301",
    ];

    private static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, 0.1, 1e20, 1e21, 1e-7, 123456789.125, double.MaxValue, double.MinValue, double.Epsilon, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, 9007199254740993, Math.PI,
    ];

    private static readonly ulong[] Integers =
        [0, 1, 2, 127, 128, 300, int.MaxValue, uint.MaxValue, 1UL << 53, (1UL << 53) + 1, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private readonly Random _random = new(seed);
    private readonly RandomOtlpOptions _options = options ?? new RandomOtlpOptions();
    private int _valueLevel;

    /// <summary>One message of this type.</summary>
    public byte[] Next(OtlpMessage type)
    {
        var output = new ProtoWriter();
        _valueLevel = 0;
        WriteFields(output, type);
        return output.WrittenSpan.ToArray();
    }

    private void WriteFields(ProtoWriter output, OtlpMessage type)
    {
        if (type == OtlpSchema.AnyValue)
            _valueLevel++;
        var chosen = Choose(type);
        var histogram = type == OtlpSchema.HistogramDataPoint && _options.Valid ? RandomHistogram() : default;
        foreach (var field in type.Fields)
        {
            if (field.Presence == OtlpFieldPresence.OneOf ? field == chosen : IsPresent(type, field))
                WriteField(output, type, field, hasValue: chosen is not null, histogram);
        }

        if (type == OtlpSchema.AnyValue)
            _valueLevel--;
    }

    private OtlpField? Choose(OtlpMessage type)
    {
        var choices = type.Fields.Where(field => field.Presence == OtlpFieldPresence.OneOf).ToArray();
        if (type == OtlpSchema.AnyValue)
        {
            choices = [.. choices.Where(field =>
                (field.Kind != OtlpFieldKind.Message || _valueLevel < _options.ValueNestingMax) && (!_options.Valid || !IsOfProfiles(field)))];
        }

        var mustHave = _options.Valid && type == OtlpSchema.Metric;
        return choices.Length == 0 || (!mustHave && _random.Next(10) == 0) ? null : choices[_random.Next(choices.Length)];
    }

    private bool IsPresent(OtlpMessage type, OtlpField field)
    {
        if (!_options.Valid)
            return _random.Next(4) != 0;
        if (IsOfProfiles(field))
            return false;
        return IsRequired(type, field) || _random.Next(4) != 0;
    }

    private static bool IsOfProfiles(OtlpField field) => field.Name.EndsWith("strindex", StringComparison.Ordinal);

    private static bool IsRequired(OtlpMessage type, OtlpField field) => (type.Name, field.Name) switch
    {
        ("Span" or "Span.Link", "trace_id" or "span_id") => true,
        ("Span", "start_time_unix_nano" or "end_time_unix_nano") => true,
        ("LogRecord", "observed_time_unix_nano") => true,
        ("Metric", "name") or ("KeyValue", "key") => true,
        (_, "aggregation_temporality" or "data_points" or "bucket_counts" or "explicit_bounds") => true,
        ({ } point, "time_unix_nano" or "flags" or "count") => point.EndsWith("DataPoint", StringComparison.Ordinal),
        _ => false,
    };

    private void WriteField(ProtoWriter output, OtlpMessage type, OtlpField field, bool hasValue, (ulong[]? Counts, double[]? Bounds) histogram)
    {
        if (field.IsPacked)
        {
            ulong[] values = field.Name switch
            {
                "bucket_counts" when histogram.Counts is not null => histogram.Counts,
                "explicit_bounds" when histogram.Bounds is not null => [.. histogram.Bounds.Select(BitConverter.DoubleToUInt64Bits)],
                _ => [.. Enumerable.Range(0, _random.Next(12)).Select(_ => Scalar(type, field, hasValue))],
            };
            if (values.Length > 0)
                WritePacked(output, field, values);
            return;
        }

        if (histogram.Counts is not null && field.Name == "count")
        {
            output.WriteFixed64(field.Number, histogram.Counts.Aggregate(0UL, (sum, count) => sum + count));
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var count = field.IsRepeated ? Count(field) : 1; count > 0; count--)
            WriteValue(output, type, field, hasValue, keys);
    }

    private void WriteValue(ProtoWriter output, OtlpMessage type, OtlpField field, bool hasValue, HashSet<string> keys)
    {
        switch (field.Kind)
        {
            case OtlpFieldKind.Message when field.Message == OtlpSchema.KeyValue && _options.Valid:
                WriteKeyValue(output, type, field, keys);
                break;
            case OtlpFieldKind.Message:
                var start = output.BeginMessage(field.Number);
                WriteFields(output, field.Message!);
                output.EndMessage(start);
                break;
            case OtlpFieldKind.String:
                output.WriteString(field.Number, _options.Valid && field.Name == "name" && type == OtlpSchema.Metric ? "m." + Text() : Text());
                break;
            case OtlpFieldKind.Bytes:
                output.WriteBytes(field.Number, RandomBytes(_random.Next(_options.StringLengthMax + 1)));
                break;
            case OtlpFieldKind.TraceId:
                output.WriteBytes(field.Number, Id(16));
                break;
            case OtlpFieldKind.SpanId:
                output.WriteBytes(field.Number, Id(8));
                break;
            default:
                WriteScalar(output, field, Scalar(type, field, hasValue));
                break;
        }
    }

    /// <summary>Keys are unique among attributes; inside a map value the stored form keeps repeated keys, so there they may repeat.</summary>
    private void WriteKeyValue(ProtoWriter output, OtlpMessage type, OtlpField field, HashSet<string> keys)
    {
        var key = "k" + Text();
        if (!keys.Add(key) && type != OtlpSchema.KeyValueList)
            return;
        var start = output.BeginMessage(field.Number);
        output.WriteString(1, key);
        if (_random.Next(20) != 0)
        {
            var value = output.BeginMessage(2);
            WriteFields(output, OtlpSchema.AnyValue);
            output.EndMessage(value);
        }

        output.EndMessage(start);
    }

    private int Count(OtlpField field)
    {
        var max = field.Name switch
        {
            "resource_spans" or "resource_logs" or "resource_metrics" => _options.ResourcesMax,
            "scope_spans" or "scope_logs" or "scope_metrics" => _options.ScopesMax,
            "spans" or "log_records" or "metrics" => _options.ItemsMax,
            "attributes" or "filtered_attributes" or "metadata" or "values" => _options.AttributesMax,
            _ => _options.PartsMax,
        };
        return field.Name == "data_points" && _options.Valid ? 1 + _random.Next(Math.Max(max, 1)) : _random.Next(max + 1);
    }

    private ulong Scalar(OtlpMessage type, OtlpField field, bool hasValue)
    {
        if (_options.Valid && TryValidScalar(type, field, hasValue, out var valid))
            return valid;
        return field.Kind switch
        {
            OtlpFieldKind.Bool => (ulong)_random.Next(2),
            OtlpFieldKind.Int32 or OtlpFieldKind.Enum => (ulong)(long)(int)Integer(),
            OtlpFieldKind.UInt32 or OtlpFieldKind.Fixed32 or OtlpFieldKind.SInt32 => (uint)Integer(),
            OtlpFieldKind.Double => BitConverter.DoubleToUInt64Bits(Number()),
            _ => Integer(),
        };
    }

    private bool TryValidScalar(OtlpMessage type, OtlpField field, bool hasValue, out ulong value)
    {
        value = (field.Name, field.Kind) switch
        {
            ("start_time_unix_nano", _) => _options.TimeUnixNano + (ulong)_random.NextInt64((long)HalfHour),
            (_, OtlpFieldKind.Fixed64) when field.Name.EndsWith("time_unix_nano", StringComparison.Ordinal) =>
                _options.TimeUnixNano + HalfHour + (ulong)_random.NextInt64((long)HalfHour),
            ("aggregation_temporality", _) => (ulong)_random.Next(1, 3),
            ("severity_number", _) => (ulong)_random.Next(25),
            ("kind", _) => (ulong)_random.Next(6),
            ("code", _) => (ulong)_random.Next(3),
            ("quantile", _) => BitConverter.DoubleToUInt64Bits(_random.NextDouble()),
            // Bit 0 of a point's flags says that there is no value, and then there is none.
            ("flags", OtlpFieldKind.UInt32) when type == OtlpSchema.NumberDataPoint && !hasValue => 1,
            ("flags", OtlpFieldKind.UInt32) => (uint)Integer() & ~1u,
            _ => ulong.MaxValue,
        };
        return value != ulong.MaxValue;
    }

    private (ulong[] Counts, double[] Bounds) RandomHistogram()
    {
        var bounds = new double[_random.Next(12)];
        var bound = -50.0;
        for (var i = 0; i < bounds.Length; i++)
            bounds[i] = bound += _random.Next(1, 1000) / 8.0;
        // A histogram without bounds has one bucket or says nothing of buckets.
        var buckets = bounds.Length == 0 && _random.Next(2) == 0 ? 0 : bounds.Length + 1;
        return ([.. Enumerable.Range(0, buckets).Select(_ => (ulong)_random.Next(3) * (ulong)_random.Next(100_000))], bounds);
    }

    private byte[] Id(int length)
    {
        if (_options.Valid)
        {
            var id = RandomBytes(length);
            id[^1] |= 1;
            return id;
        }

        return _random.Next(3) switch
        {
            0 => RandomBytes(_random.Next(20)),
            1 => new byte[length],
            _ => RandomBytes(length),
        };
    }

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (var words = _random.Next(4); words > 0; words--)
        {
            var word = Words[_random.Next(Words.Length)];
            if (text.Length + word.Length <= _options.StringLengthMax)
                text.Append(word);
        }

        return text.ToString();
    }

    private double Number() => _random.Next(3) == 0
        ? BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue))
        : Doubles[_random.Next(Doubles.Length)];

    private ulong Integer() => _random.Next(3) == 0
        ? (ulong)_random.NextInt64(long.MinValue, long.MaxValue)
        : Integers[_random.Next(Integers.Length)];

    private static void WritePacked(ProtoWriter output, OtlpField field, ulong[] values)
    {
        var start = output.BeginMessage(field.Number);
        foreach (var value in values)
        {
            if (field.WireType == WireType.Varint)
                output.WriteRawVarint(value);
            else
                output.WriteRawFixed64(value);
        }

        output.EndMessage(start);
    }

    private static void WriteScalar(ProtoWriter output, OtlpField field, ulong bits)
    {
        switch (field.WireType)
        {
            case WireType.Varint:
                output.WriteVarint(field.Number, bits);
                break;
            case WireType.Fixed64:
                output.WriteFixed64(field.Number, bits);
                break;
            default:
                output.WriteFixed32(field.Number, (uint)bits);
                break;
        }
    }
}
