using Otelier.Signals.Catalog;
using Otelier.Signals.Columns;
using Otelier.Storage.ClickHouse.Fields;
using Otelier.Storage.ClickHouse.Native;
using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse;

/// <summary>The attribute catalog and the rollups of a ClickHouse engine.</summary>
internal sealed class ClickHouseFieldStore(QueryRunner queries) : IFieldStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AttributeInfo>> FindAttributesAsync(FieldQuery query, CancellationToken cancellationToken) =>
        query.Levels.Count == 0
            ? []
            : await queries.ReadAsync<AttributeInfo>(CatalogSql.Attributes(query), ReadAttributes, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FieldValueInfo>> FindValuesAsync(FieldValueQuery query, CancellationToken cancellationToken) =>
        CatalogSql.Values(query) is { } sql
            ? await queries.ReadAsync<FieldValueInfo>(sql, ReadValues, cancellationToken).ConfigureAwait(false)
            : [];

    private static void ReadAttributes(NativeBlock block, List<AttributeInfo> rows)
    {
        var keys = block.GetBytes("Key");
        var levels = block.GetBytes("Level");
        var letters = block.GetBytes("Letters");
        var seen = block.GetUInt64("Seen");
        for (var row = 0; row < block.RowCount; row++)
        {
            if (Enum.TryParse<AttributeLevel>(levels.GetString(row), ignoreCase: true, out var level))
                rows.Add(new AttributeInfo(level, keys.GetString(row), [.. letters[row].ToArray().Select(letter => (AttributeLetter)letter)], seen[row]));
        }
    }

    private static void ReadValues(NativeBlock block, List<FieldValueInfo> rows)
    {
        var values = block.GetBytes("Item");
        var seen = block.GetUInt64("Seen");
        for (var row = 0; row < block.RowCount; row++)
            rows.Add(new FieldValueInfo(values.GetString(row), seen[row]));
    }
}
