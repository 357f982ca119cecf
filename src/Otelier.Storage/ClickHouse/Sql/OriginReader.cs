using Otelier.Signals.Resources;
using Otelier.Storage.ClickHouse.Native;

namespace Otelier.Storage.ClickHouse.Sql;

/// <summary>Knows the resources and scopes of one answer, so that its items share instances.</summary>
internal sealed class Origins
{
    /// <summary>Most distinct resources, and scopes, that are shared; beyond it items get their own.</summary>
    private const int SharedMax = 10_000;

    private readonly Dictionary<Resource, Resource> _resources = [];
    private readonly Dictionary<Scope, Scope> _scopes = [];

    public Resource Share(Resource resource) => Share(_resources, resource);

    public Scope Share(Scope scope) => Share(_scopes, scope);

    private static T Share<T>(Dictionary<T, T> known, T value) where T : class
    {
        if (known.TryGetValue(value, out var shared))
            return shared;
        if (known.Count < SharedMax)
            known.Add(value, value);
        return value;
    }
}

/// <summary>Reads the columns that say which resource and scope a row came from.</summary>
internal sealed class OriginReader(NativeBlock block, Origins origins)
{
    private readonly BytesResultColumn _serviceName = block.GetBytes("ServiceName");
    private readonly MapReader _resourceAttributes = MapReader.Of(block, "ResourceAttributes");
    private readonly FixedResultColumn<uint> _resourceDropped = block.GetUInt32("ResourceDroppedAttributesCount");
    private readonly BytesResultColumn _resourceSchemaUrl = block.GetBytes("ResourceSchemaUrl");
    private readonly BytesResultColumn _entityRefs = block.GetBytes("ResourceEntityRefs");
    private readonly BytesResultColumn _scopeName = block.GetBytes("ScopeName");
    private readonly BytesResultColumn _scopeVersion = block.GetBytes("ScopeVersion");
    private readonly MapReader _scopeAttributes = MapReader.Of(block, "ScopeAttributes");
    private readonly FixedResultColumn<uint> _scopeDropped = block.GetUInt32("ScopeDroppedAttributesCount");
    private readonly BytesResultColumn _scopeSchemaUrl = block.GetBytes("ScopeSchemaUrl");

    public Resource Resource(int row) => origins.Share(new Resource(
        _serviceName.GetString(row),
        _resourceAttributes[row],
        _resourceDropped[row],
        _resourceSchemaUrl.GetString(row),
        _entityRefs.GetString(row)));

    public Scope Scope(int row) => origins.Share(new Scope(
        _scopeName.GetString(row), _scopeVersion.GetString(row), _scopeAttributes[row], _scopeDropped[row], _scopeSchemaUrl.GetString(row)));
}
