using Otelier.Signals.Attributes;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Otlp;

/// <summary>Writes what the signals have in common: attributes, resources, scopes, and the grouping of items by them.</summary>
internal static class OtlpItemWriter
{
    private const int KeyField = 1;
    private const int ValueField = 2;

    /// <summary>Writes one item's message body.</summary>
    public delegate void WriteItem<TItem>(ProtoWriter output, TItem item);

    /// <summary>
    /// Writes an Export request: resources, scopes and items in the order of their first appearance. Items that share the
    /// resource and the scope go into one group.
    /// </summary>
    public static void WriteRequest<TItem>(
        ProtoWriter output, IReadOnlyList<TItem> items, Func<TItem, Resource> resourceOf, Func<TItem, Scope> scopeOf, WriteItem<TItem> writeItem)
    {
        foreach (var ofResource in items.GroupBy(resourceOf))
        {
            var resource = output.BeginMessage(FieldOf(OtlpTags.ResourceItems));
            WriteResource(output, ofResource.Key);
            foreach (var ofScope in ofResource.GroupBy(scopeOf))
            {
                var scope = output.BeginMessage(FieldOf(OtlpTags.Items));
                WriteScope(output, ofScope.Key);
                foreach (var item in ofScope)
                {
                    var start = output.BeginMessage(FieldOf(OtlpTags.Items));
                    writeItem(output, item);
                    output.EndMessage(start);
                }

                WriteText(output, OtlpTags.SchemaUrl, ofScope.Key.SchemaUrl);
                output.EndMessage(scope);
            }

            WriteText(output, OtlpTags.SchemaUrl, ofResource.Key.SchemaUrl);
            output.EndMessage(resource);
        }
    }

    public static void WriteAttributes(ProtoWriter output, uint tag, AttributeMap attributes)
    {
        foreach (var attribute in attributes)
        {
            var start = output.BeginMessage(FieldOf(tag));
            output.WriteBytes(KeyField, attribute.Key);
            WriteValue(output, ValueField, attribute.Value);
            output.EndMessage(start);
        }
    }

    /// <summary>Writes an AnyValue message.</summary>
    public static void WriteValue(ProtoWriter output, int field, AttributeValue value)
    {
        var start = output.BeginMessage(field);
        var before = output.Length;
        // A stored text that does not fit its kind was written by something else than Otelier; as a text it survives.
        if (AnyValueText.Decode(value.Text, (byte)value.Letter, value.NestedSignature, output) != DecodeError.None)
        {
            output.Truncate(before);
            output.WriteBytes(AnyValueWire.StringTag >> 3, value.Text);
        }

        output.EndMessage(start);
    }

    public static void WriteText(ProtoWriter output, uint tag, string text)
    {
        if (text.Length > 0)
            output.WriteString(FieldOf(tag), text);
    }

    public static void WriteCount(ProtoWriter output, uint tag, uint count)
    {
        if (count != 0)
            output.WriteVarint(FieldOf(tag), count);
    }

    /// <summary>A negative enumeration value is sign-extended, as protobuf asks.</summary>
    public static void WriteEnum(ProtoWriter output, uint tag, int value)
    {
        if (value != 0)
            output.WriteVarint(FieldOf(tag), (ulong)(long)value);
    }

    public static void WriteFixed64(ProtoWriter output, uint tag, ulong value)
    {
        if (value != 0)
            output.WriteFixed64(FieldOf(tag), value);
    }

    public static void WriteFixed32(ProtoWriter output, uint tag, uint value)
    {
        if (value != 0)
            output.WriteFixed32(FieldOf(tag), value);
    }

    public static int FieldOf(uint tag) => (int)(tag >> 3);

    private static void WriteResource(ProtoWriter output, Resource resource)
    {
        var start = output.BeginMessage(FieldOf(OtlpTags.Head));
        WriteAttributes(output, OtlpTags.ResourceAttributes, resource.Attributes);
        WriteCount(output, OtlpTags.ResourceDroppedAttributesCount, resource.DroppedAttributesCount);
        var before = output.Length;
        if (resource.EntityRefs.Length > 0
            && EntityRefsText.Decode(System.Text.Encoding.UTF8.GetBytes(resource.EntityRefs), output) != DecodeError.None)
        {
            output.Truncate(before);
        }

        output.EndMessage(start);
    }

    private static void WriteScope(ProtoWriter output, Scope scope)
    {
        var start = output.BeginMessage(FieldOf(OtlpTags.Head));
        WriteText(output, OtlpTags.ScopeName, scope.Name);
        WriteText(output, OtlpTags.ScopeVersion, scope.Version);
        WriteAttributes(output, OtlpTags.ScopeAttributes, scope.Attributes);
        WriteCount(output, OtlpTags.ScopeDroppedAttributesCount, scope.DroppedAttributesCount);
        output.EndMessage(start);
    }
}
