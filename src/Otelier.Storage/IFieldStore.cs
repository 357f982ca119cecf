using Otelier.Signals.Catalog;

namespace Otelier.Storage;

/// <summary>
/// What is known of the fields that telemetry has, without a look at the telemetry itself. Implementations are thread-safe. Faults of
/// the store are thrown as <see cref="StoreException"/>.
/// </summary>
public interface IFieldStore
{
    /// <summary>The attributes that were seen, by (count, key, level), the most frequent first.</summary>
    Task<IReadOnlyList<AttributeInfo>> FindAttributesAsync(FieldQuery query, CancellationToken cancellationToken);

    /// <summary>The values that a field was seen with, by (count, value), the most frequent first; none of a field that nobody notes values of.</summary>
    Task<IReadOnlyList<FieldValueInfo>> FindValuesAsync(FieldValueQuery query, CancellationToken cancellationToken);
}
