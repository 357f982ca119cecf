using System.Text.Unicode;
using Otelier.Signals.Columns;
using Otelier.Signals.Resources;

namespace Otelier.Signals.Otlp;

/// <summary>
/// Reads what the three signals have in common: resources and instrumentation scopes
/// (opentelemetry.proto.resource.v1, opentelemetry.proto.common.v1). One decoder owns it.
/// </summary>
internal sealed class ScopeReader : IDisposable
{
    private readonly AttributeReader _resourceAttributes = new();
    private readonly AttributeReader _scopeAttributes = new();
    private readonly NameTable _serviceNames = new();
    private readonly ProtoWriter _entityRefs = new();

    /// <summary>Adds one Resource message and the schema_url beside it to <paramref name="table"/>.</summary>
    public DecodeError ReadResource(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> schemaUrl, ResourceTable table, ReadOnlySpan<byte> body)
    {
        uint dropped = 0;
        _entityRefs.Clear();
        _resourceAttributes.BeginRow();
        var reader = new ProtoReader(resource);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.ResourceAttributes:
                    var attributeError = _resourceAttributes.Add(reader.ReadBytes(), body);
                    if (attributeError != DecodeError.None)
                        reader.Fail(attributeError);
                    break;
                case OtlpTags.ResourceDroppedAttributesCount:
                    dropped = (uint)reader.ReadVarint();
                    break;
                case OtlpTags.ResourceEntityRefs:
                    _entityRefs.WriteBytes(3, reader.ReadBytes());
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 3);
                    break;
            }
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (!Utf8.IsValid(schemaUrl))
            return DecodeError.InvalidUtf8;

        var row = table.Count;
        var error = _resourceAttributes.EndRow(table.Attributes, body);
        if (error == DecodeError.None)
            error = AddEntityRefs(table);
        if (error != DecodeError.None)
        {
            table.Attributes.Truncate(row);
            return error;
        }

        table.SchemaUrl.Add(schemaUrl);
        table.DroppedAttributesCount.Add(dropped);
        var hasName = table.Attributes.TryGet(row, "service.name"u8, out _, out var serviceName);
        _serviceNames.Add(table.ServiceName, hasName ? serviceName : default);
        return DecodeError.None;
    }

    /// <summary>Adds one InstrumentationScope message and the schema_url beside it to <paramref name="table"/>.</summary>
    public DecodeError ReadScope(
        ReadOnlySpan<byte> scope, ReadOnlySpan<byte> schemaUrl, int resourceIndex, ScopeTable table, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> name = default, version = default;
        uint dropped = 0;
        _scopeAttributes.BeginRow();
        var reader = new ProtoReader(scope);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OtlpTags.ScopeName:
                    name = reader.ReadBytes();
                    break;
                case OtlpTags.ScopeVersion:
                    version = reader.ReadBytes();
                    break;
                case OtlpTags.ScopeAttributes:
                    var attributeError = _scopeAttributes.Add(reader.ReadBytes(), body);
                    if (attributeError != DecodeError.None)
                        reader.Fail(attributeError);
                    break;
                case OtlpTags.ScopeDroppedAttributesCount:
                    dropped = (uint)reader.ReadVarint();
                    break;
                default:
                    reader.SkipUnknown(tag, lastKnownField: 4);
                    break;
            }
        }

        if (reader.Error != DecodeError.None)
            return reader.Error;
        if (!Utf8.IsValid(schemaUrl) || !Utf8.IsValid(name) || !Utf8.IsValid(version))
            return DecodeError.InvalidUtf8;

        var error = _scopeAttributes.EndRow(table.Attributes, body);
        if (error != DecodeError.None)
        {
            table.Attributes.Truncate(table.Count);
            return error;
        }

        table.ResourceIndex.Add(resourceIndex);
        table.Name.Add(name);
        table.Version.Add(version);
        table.DroppedAttributesCount.Add(dropped);
        table.SchemaUrl.Add(schemaUrl);
        return DecodeError.None;
    }

    /// <summary>From now on another batch is filled.</summary>
    public void BeginBatch()
    {
        _resourceAttributes.BeginColumn();
        _scopeAttributes.BeginColumn();
        _serviceNames.BeginColumn();
    }

    public void Dispose()
    {
        _resourceAttributes.Dispose();
        _scopeAttributes.Dispose();
    }

    private DecodeError AddEntityRefs(ResourceTable table)
    {
        if (_entityRefs.Length == 0)
        {
            table.EntityRefs.Add(default);
            return DecodeError.None;
        }

        return EntityRefsText.Encode(_entityRefs.WrittenSpan, table.EntityRefs);
    }
}
