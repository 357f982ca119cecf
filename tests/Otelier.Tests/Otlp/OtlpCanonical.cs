using System.Globalization;
using System.Text;
using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

/// <summary>
/// A message as a text that is equal for equal messages, however they were encoded: fields in the table's order, attributes
/// by key, every NaN the same, defaults left out. <see cref="Items"/> takes a whole request apart, so that requests which group
/// the same items differently compare equal.
/// </summary>
public static class OtlpCanonical
{
    /// <summary>
    /// The text of one message. With <paramref name="keepEmpty"/> an empty message differs from a missing one; without, they are
    /// the same (an absent resource and one that says nothing), and the fields of profiles do not count.
    /// </summary>
    public static string Text(OtlpMessage type, ReadOnlySpan<byte> message, bool keepEmpty = false)
    {
        var text = new StringBuilder();
        Append(text, type, Read(type, message), keepEmpty);
        return text.ToString();
    }

    /// <summary>
    /// Every item of an Export request with its resource and scope, sorted: spans, log records, or data points with their metric.
    /// </summary>
    public static IReadOnlyList<string> Items(OtlpMessage request, ReadOnlySpan<byte> message)
    {
        var items = new List<string>();
        var resources = request.Fields.Single();
        foreach (var resource in Children(Read(request, message), resources))
        {
            var resourceFields = Read(resources.Message!, resource);
            var scopes = resources.Message!.Fields.Single(field => field.IsRepeated);
            foreach (var scope in Children(resourceFields, scopes))
            {
                var scopeFields = Read(scopes.Message!, scope);
                var ofScope = scopes.Message!.Fields.Single(field => field.IsRepeated);
                var owner = $"resource {Without(resources.Message, resourceFields, scopes)} scope {Without(scopes.Message, scopeFields, ofScope)}";
                foreach (var item in Children(scopeFields, ofScope))
                    AddItem(items, owner, ofScope.Message!, item);
            }
        }

        items.Sort(StringComparer.Ordinal);
        return items;
    }

    private static void AddItem(List<string> items, string owner, OtlpMessage type, byte[] item)
    {
        if (type != OtlpSchema.Metric)
        {
            items.Add($"{owner} item {Text(type, item)}");
            return;
        }

        var metric = Read(type, item);
        var data = type.Fields.SingleOrDefault(field => field.Presence == OtlpFieldPresence.OneOf && metric.ContainsKey(field));
        if (data is null)
        {
            items.Add($"{owner} metric {Text(type, item)}");
            return;
        }

        var dataFields = Read(data.Message!, Children(metric, data).Single());
        var points = data.Message!.Fields.Single(field => field.IsRepeated);
        var header = $"{owner} metric {Without(type, metric, data)} {data.Name} {Without(data.Message, dataFields, points)}";
        foreach (var point in Children(dataFields, points))
            items.Add($"{header} point {Text(points.Message!, point)}");
    }

    private static IEnumerable<byte[]> Children(Dictionary<OtlpField, List<object>> fields, OtlpField field) =>
        fields.TryGetValue(field, out var values) ? values.Cast<byte[]>() : [];

    private static string Without(OtlpMessage type, Dictionary<OtlpField, List<object>> fields, OtlpField left)
    {
        var text = new StringBuilder();
        Append(text, type, fields.Where(pair => pair.Key != left).ToDictionary(), keepEmpty: false);
        return text.ToString();
    }

    /// <summary>Reads the fields: bytes for what is length-delimited, the wire's bits for numbers.</summary>
    private static Dictionary<OtlpField, List<object>> Read(OtlpMessage type, ReadOnlySpan<byte> message)
    {
        var fields = new Dictionary<OtlpField, List<object>>();
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var tag))
        {
            var wireType = (WireType)(tag & 7);
            if (type.Find(tag >> 3) is not { } field || (wireType != field.WireType && !(field.IsPacked && wireType == WireType.Length)))
            {
                reader.Skip(tag);
                continue;
            }

            if (field.Presence == OtlpFieldPresence.OneOf)
            {
                foreach (var other in type.Fields.Where(other => other.Presence == OtlpFieldPresence.OneOf))
                    fields.Remove(other);
            }

            if (!fields.TryGetValue(field, out var values) || !field.IsRepeated)
                fields[field] = values = [];
            if (field.IsPacked && wireType == WireType.Length)
            {
                var packed = reader.ReadBytes();
                var numbers = new ProtoReader(packed);
                while (numbers.Position < packed.Length)
                    values.Add(ReadNumber(ref numbers, field.WireType));
                Assert.Equal(DecodeError.None, numbers.Error);
            }
            else
            {
                values.Add(wireType == WireType.Length ? reader.ReadBytes().ToArray() : ReadNumber(ref reader, wireType));
            }
        }

        Assert.Equal(DecodeError.None, reader.Error);
        return fields;
    }

    private static ulong ReadNumber(ref ProtoReader reader, WireType wireType) => wireType switch
    {
        WireType.Varint => reader.ReadVarint(),
        WireType.Fixed64 => reader.ReadFixed64(),
        _ => reader.ReadFixed32(),
    };

    private static void Append(StringBuilder text, OtlpMessage type, Dictionary<OtlpField, List<object>> fields, bool keepEmpty)
    {
        text.Append('{');
        foreach (var field in type.Fields)
        {
            if (!fields.TryGetValue(field, out var values) || values.Count == 0)
                continue;
            if (!keepEmpty && field.Name.EndsWith("strindex", StringComparison.Ordinal))
                continue;
            var parts = values.ConvertAll(value => Value(field, value, keepEmpty));
            if (field.Presence == OtlpFieldPresence.Implicit && IsDefault(field, parts[0], keepEmpty))
                continue;
            // Inside a map value the order of the keys is part of the value.
            if (field.IsRepeated && field.Message == OtlpSchema.KeyValue && type != OtlpSchema.KeyValueList)
                parts = [.. parts.OrderBy(part => part, StringComparer.Ordinal)];
            text.Append(field.Name).Append(':').AppendJoin(',', parts).Append(';');
        }

        text.Append('}');
    }

    private static bool IsDefault(OtlpField field, string text, bool keepEmpty) => field.Kind switch
    {
        OtlpFieldKind.Message => !keepEmpty && text == "{}",
        OtlpFieldKind.String or OtlpFieldKind.Bytes or OtlpFieldKind.TraceId or OtlpFieldKind.SpanId => text == "''",
        _ => text == "0",
    };

    private static string Value(OtlpField field, object value, bool keepEmpty) => (field.Kind, value) switch
    {
        (OtlpFieldKind.Message, byte[] body) => Text(field.Message!, body, keepEmpty),
        (OtlpFieldKind.String, byte[] utf8) => $"'{Encoding.UTF8.GetString(utf8)}'",
        (_, byte[] bytes) => $"'{Convert.ToHexString(bytes)}'",
        (OtlpFieldKind.Double, ulong bits) when double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) => "NaN",
        (OtlpFieldKind.Bool, ulong bits) => bits == 0 ? "0" : "1",
        (OtlpFieldKind.Enum or OtlpFieldKind.Int32 or OtlpFieldKind.UInt32 or OtlpFieldKind.SInt32, ulong bits) =>
            ((uint)bits).ToString(CultureInfo.InvariantCulture),
        (_, ulong bits) => bits.ToString("X", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException("A field was read in a form that its kind does not have."),
    };
}
