using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Otelier.Signals;
using Otelier.Signals.Otlp;

namespace Otelier.Tests.Cli;

/// <summary>
/// Turns OTLP protobuf into OTLP/JSON by tables of the protocol's fields, written down independently of the CLI's encoders. An
/// unknown field or a wrong wire type throws: what the CLI sends must be the protocol and nothing else.
/// </summary>
internal static class WireSchema
{
    private sealed record FieldRule(string Name, Kind Kind, string Message = "");

    private enum Kind
    {
        Text, Bytes, Id, Bool, Int64, UInt32, SInt32, Fixed32, Fixed64, SFixed64, Double,
        PackedFixed64, PackedVarint, PackedDouble, Message, Repeated,
    }

    private static readonly Dictionary<string, Dictionary<uint, FieldRule>> Messages = Parse("""
        AnyValue: 1 stringValue Text, 2 boolValue Bool, 3 intValue Int64, 4 doubleValue Double, 5 arrayValue Message ArrayValue, 6 kvlistValue Message KeyValueList, 7 bytesValue Bytes
        ArrayValue: 1 values Repeated AnyValue
        KeyValueList: 1 values Repeated KeyValue
        KeyValue: 1 key Text, 2 value Message AnyValue
        Resource: 1 attributes Repeated KeyValue, 2 droppedAttributesCount UInt32
        Scope: 1 name Text, 2 version Text, 3 attributes Repeated KeyValue, 4 droppedAttributesCount UInt32
        Traces: 1 resourceSpans Repeated ResourceSpans
        ResourceSpans: 1 resource Message Resource, 2 scopeSpans Repeated ScopeSpans, 3 schemaUrl Text
        ScopeSpans: 1 scope Message Scope, 2 spans Repeated Span, 3 schemaUrl Text
        Span: 1 traceId Id, 2 spanId Id, 3 traceState Text, 4 parentSpanId Id, 5 name Text, 6 kind UInt32, 7 startTimeUnixNano Fixed64, 8 endTimeUnixNano Fixed64, 9 attributes Repeated KeyValue, 10 droppedAttributesCount UInt32, 11 events Repeated Event, 12 droppedEventsCount UInt32, 13 links Repeated Link, 14 droppedLinksCount UInt32, 15 status Message Status, 16 flags Fixed32
        Event: 1 timeUnixNano Fixed64, 2 name Text, 3 attributes Repeated KeyValue, 4 droppedAttributesCount UInt32
        Link: 1 traceId Id, 2 spanId Id, 3 traceState Text, 4 attributes Repeated KeyValue, 5 droppedAttributesCount UInt32, 6 flags Fixed32
        Status: 2 message Text, 3 code UInt32
        Logs: 1 resourceLogs Repeated ResourceLogs
        ResourceLogs: 1 resource Message Resource, 2 scopeLogs Repeated ScopeLogs, 3 schemaUrl Text
        ScopeLogs: 1 scope Message Scope, 2 logRecords Repeated LogRecord, 3 schemaUrl Text
        LogRecord: 1 timeUnixNano Fixed64, 2 severityNumber UInt32, 3 severityText Text, 5 body Message AnyValue, 6 attributes Repeated KeyValue, 7 droppedAttributesCount UInt32, 8 flags Fixed32, 9 traceId Id, 10 spanId Id, 11 observedTimeUnixNano Fixed64, 12 eventName Text
        Metrics: 1 resourceMetrics Repeated ResourceMetrics
        ResourceMetrics: 1 resource Message Resource, 2 scopeMetrics Repeated ScopeMetrics, 3 schemaUrl Text
        ScopeMetrics: 1 scope Message Scope, 2 metrics Repeated Metric, 3 schemaUrl Text
        Metric: 1 name Text, 2 description Text, 3 unit Text, 5 gauge Message Gauge, 7 sum Message Sum, 9 histogram Message Histogram, 10 exponentialHistogram Message ExponentialHistogram, 11 summary Message Summary, 12 metadata Repeated KeyValue
        Gauge: 1 dataPoints Repeated NumberDataPoint
        Sum: 1 dataPoints Repeated NumberDataPoint, 2 aggregationTemporality UInt32, 3 isMonotonic Bool
        Histogram: 1 dataPoints Repeated HistogramDataPoint, 2 aggregationTemporality UInt32
        ExponentialHistogram: 1 dataPoints Repeated ExponentialHistogramDataPoint, 2 aggregationTemporality UInt32
        Summary: 1 dataPoints Repeated SummaryDataPoint
        NumberDataPoint: 2 startTimeUnixNano Fixed64, 3 timeUnixNano Fixed64, 4 asDouble Double, 5 exemplars Repeated Exemplar, 6 asInt SFixed64, 7 attributes Repeated KeyValue, 8 flags UInt32
        HistogramDataPoint: 2 startTimeUnixNano Fixed64, 3 timeUnixNano Fixed64, 4 count Fixed64, 5 sum Double, 6 bucketCounts PackedFixed64, 7 explicitBounds PackedDouble, 8 exemplars Repeated Exemplar, 9 attributes Repeated KeyValue, 10 flags UInt32, 11 min Double, 12 max Double
        ExponentialHistogramDataPoint: 1 attributes Repeated KeyValue, 2 startTimeUnixNano Fixed64, 3 timeUnixNano Fixed64, 4 count Fixed64, 5 sum Double, 6 scale SInt32, 7 zeroCount Fixed64, 8 positive Message Buckets, 9 negative Message Buckets, 10 flags UInt32, 11 exemplars Repeated Exemplar, 12 min Double, 13 max Double, 14 zeroThreshold Double
        Buckets: 1 offset SInt32, 2 bucketCounts PackedVarint
        SummaryDataPoint: 2 startTimeUnixNano Fixed64, 3 timeUnixNano Fixed64, 4 count Fixed64, 5 sum Double, 6 quantileValues Repeated ValueAtQuantile, 7 attributes Repeated KeyValue, 8 flags UInt32
        ValueAtQuantile: 1 quantile Double, 2 value Double
        Exemplar: 2 timeUnixNano Fixed64, 3 asDouble Double, 4 spanId Id, 5 traceId Id, 6 asInt SFixed64, 7 filteredAttributes Repeated KeyValue
        """);

    public static JsonObject ToJson(ReadOnlySpan<byte> message, Signal signal) => Read(message, signal.ToString());

    private static JsonObject Read(ReadOnlySpan<byte> bytes, string message)
    {
        var rules = Messages[message];
        var json = new JsonObject();
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var tag))
        {
            if (!rules.TryGetValue(tag >> 3, out var rule) || (tag & 7) != (uint)Expected(rule.Kind))
                throw new InvalidDataException($"{message} has field {tag >> 3} of wire type {tag & 7}");
            if (rule.Kind == Kind.Repeated)
            {
                if (json[rule.Name] is not JsonArray list)
                    json[rule.Name] = list = [];
                list.Add((JsonNode)Read(reader.ReadBytes(), rule.Message));
            }
            else
            {
                json[rule.Name] = Value(ref reader, rule);
            }
        }

        if (reader.Error != DecodeError.None)
            throw new InvalidDataException($"{message}: {reader.Error}");
        return json;
    }

    private static JsonNode? Value(ref ProtoReader reader, FieldRule rule)
    {
        switch (rule.Kind)
        {
            case Kind.Text:
                return new UTF8Encoding(false, true).GetString(reader.ReadBytes());
            case Kind.Bytes:
                return Convert.ToBase64String(reader.ReadBytes());
            case Kind.Id:
                return Convert.ToHexStringLower(reader.ReadBytes());
            case Kind.Bool:
                return reader.ReadVarint() != 0;
            case Kind.Int64:
                return ((long)reader.ReadVarint()).ToString(CultureInfo.InvariantCulture);
            case Kind.UInt32:
                return reader.ReadVarint();
            case Kind.SInt32:
                var zigzag = (uint)reader.ReadVarint();
                return (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
            case Kind.Fixed32:
                return reader.ReadFixed32();
            case Kind.Fixed64:
                return reader.ReadFixed64().ToString(CultureInfo.InvariantCulture);
            case Kind.SFixed64:
                return ((long)reader.ReadFixed64()).ToString(CultureInfo.InvariantCulture);
            case Kind.Double:
                return Double(reader.ReadDouble());
            case Kind.Message:
                return Read(reader.ReadBytes(), rule.Message);
            default:
                return Packed(reader.ReadBytes(), rule.Kind);
        }
    }

    private static JsonArray Packed(ReadOnlySpan<byte> bytes, Kind kind)
    {
        var list = new JsonArray();
        var reader = new ProtoReader(bytes);
        while (reader.Position < bytes.Length && reader.Error == DecodeError.None)
            list.Add(kind switch
            {
                Kind.PackedDouble => Double(reader.ReadDouble()),
                Kind.PackedFixed64 => reader.ReadFixed64().ToString(CultureInfo.InvariantCulture),
                _ => (JsonNode)reader.ReadVarint().ToString(CultureInfo.InvariantCulture),
            });
        if (reader.Error != DecodeError.None)
            throw new InvalidDataException($"packed: {reader.Error}");
        return list;
    }

    private static JsonNode Double(double value) => double.IsFinite(value) ? value : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static WireType Expected(Kind kind) => kind switch
    {
        Kind.Bool or Kind.Int64 or Kind.UInt32 or Kind.SInt32 => WireType.Varint,
        Kind.Fixed32 => WireType.Fixed32,
        Kind.Fixed64 or Kind.SFixed64 or Kind.Double => WireType.Fixed64,
        _ => WireType.Length,
    };

    private static Dictionary<string, Dictionary<uint, FieldRule>> Parse(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(", ").Select(f => f.Trim().Split(' ')).ToDictionary(
            f => uint.Parse(f[0], CultureInfo.InvariantCulture),
            f => new FieldRule(f[1], Enum.Parse<Kind>(f[2]), f.Length > 3 ? f[3] : "")));
}
