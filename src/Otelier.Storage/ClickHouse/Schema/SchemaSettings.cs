using Otelier.Storage.ClickHouse.Sql;

namespace Otelier.Storage.ClickHouse.Schema;

/// <summary>What the options decide in the tables' definitions; the measurements behind the choices are in docs/adr.</summary>
internal static class SchemaSettings
{
    private const string ItemValueIndex = "idx_item_values";
    private const string ResourceValueIndex = "idx_resource_values";

    /// <summary>The indexes that are built when parts are merged, not when they come: theirs is the larger part of the work on ingest.</summary>
    public static IReadOnlyList<string> IndexesBuiltByMerges { get; } = [ItemValueIndex, ResourceValueIndex];

    /// <summary>
    /// An insert is answered only when its part is synced, and a merge syncs before its sources go: the log is cut back on
    /// the strength of it. Merges wait for more parts and parts stay compact for longer than by default, since merging is
    /// most of the engine's work; what has waited a minute for them is merged for <see cref="MergedCompression"/>.
    /// </summary>
    private const string StorageSettings =
        "fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, merge_selector_base = 16, "
        + "min_bytes_for_wide_part = 314572800, merge_with_recompression_ttl_timeout = 60";

    /// <summary>
    /// Columns without a codec of their own come in as LZ4, which costs the insert little, and merges make them small. The time after
    /// which the engine asks for that is always past, whatever a row's clock says.
    /// </summary>
    private const string MergedCompression = "TTL toDateTime(1 + TimeClass) RECOMPRESS CODEC(ZSTD(3))";

    public static IReadOnlyDictionary<string, string> Of(StoreOptions options) => new Dictionary<string, string>
    {
        ["storage_settings"] = StorageSettings,
        ["merged_compression"] = MergedCompression,
        ["log_body_index"] = options.LogBodyIndex switch
        {
            LogBodyIndex.None => "",
            LogBodyIndex.Token => ",\n    INDEX idx_body Body TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 8",
            LogBodyIndex.Text => ",\n    INDEX idx_lower_body lower(Body) TYPE text(tokenizer = 'splitByNonAlpha')",
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.LogBodyIndex, "Not an index."),
        },
        ["span_value_indexes"] = ValueIndexes(options, SearchedTable.Spans),
        ["log_value_indexes"] = ValueIndexes(options, SearchedTable.Logs),
    };

    // Filters hint at the very expressions. Two indexes, since merging builds one of a single column alongside that column; granule by
    // granule, since the engine joins two by OR only so. The values of resources are few, the same in all granules and so falsely
    // found in all or none: their filter is finer.
    private static string ValueIndexes(StoreOptions options, SearchedTable table) => options.AttributeIndex switch
    {
        AttributeIndex.None => "",
        AttributeIndex.Values =>
            $",\n    INDEX {ItemValueIndex} {table.ItemAttributes.Values} TYPE bloom_filter(0.01) GRANULARITY 1"
            + $",\n    INDEX {ResourceValueIndex} {table.ResourceAttributes.Values} TYPE bloom_filter(0.0001) GRANULARITY 1",
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.AttributeIndex, "Not an index."),
    };
}
