namespace Otelier.Storage.ClickHouse.Schema;

/// <summary>What the options decide in the tables' definitions; the measurements behind the choices are in docs/adr.</summary>
internal static class SchemaSettings
{
    /// <summary>
    /// An insert is answered only when its part is synced, and a merge syncs before its sources go: the log is cut back on
    /// the strength of it. Merges wait for more parts and parts stay compact for longer than by default, since merging is
    /// most of the engine's work.
    /// </summary>
    private const string StorageSettings =
        "fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, merge_selector_base = 16, "
        + "min_bytes_for_wide_part = 314572800";

    public static IReadOnlyDictionary<string, string> Of(StoreOptions options) => new Dictionary<string, string>
    {
        ["storage_settings"] = StorageSettings,
        ["log_body_index"] = options.LogBodyIndex switch
        {
            LogBodyIndex.None => "",
            LogBodyIndex.Token => ",\n    INDEX idx_body Body TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 8",
            LogBodyIndex.Text => ",\n    INDEX idx_lower_body lower(Body) TYPE text(tokenizer = 'splitByNonAlpha')",
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.LogBodyIndex, "Not an index."),
        },
    };
}
