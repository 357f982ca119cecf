using System.Globalization;
using Otelier.Storage.ClickHouse.Schema;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>The in-process engine's settings. Those of the server level count for the connection that starts the engine.</summary>
internal static class EngineSettings
{
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(ChdbOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["max_server_memory_usage"] = Number(options.MemoryBytesMax),
            ["background_pool_size"] = Number(options.MergeThreads),
            ["background_merges_mutations_concurrency_ratio"] = "2",
            ["background_schedule_pool_size"] = Number(options.ScheduleThreads),
            ["background_common_pool_size"] = "2",
            ["background_move_pool_size"] = "1",
            ["background_fetches_pool_size"] = "1",
            ["background_buffer_flush_schedule_pool_size"] = "1",
            ["background_message_broker_schedule_pool_size"] = "1",
            ["background_distributed_schedule_pool_size"] = "1",
            ["mark_cache_size"] = Number(options.MarkCacheBytes),
            ["index_mark_cache_size"] = Number(options.IndexMarkCacheBytes),
            ["primary_index_cache_size"] = Number(options.MarkCacheBytes),
            ["uncompressed_cache_size"] = Number(options.UncompressedCacheBytes),
            ["index_uncompressed_cache_size"] = "0",
            ["compiled_expression_cache_size"] = "4194304",
            ["query_condition_cache_size"] = "8388608",
            // By default a gigabyte or two each: more than the engine may have here.
            ["text_index_header_cache_size"] = Number(options.IndexMarkCacheBytes),
            ["text_index_postings_cache_size"] = Number(options.IndexMarkCacheBytes),
            ["text_index_tokens_cache_size"] = Number(options.IndexMarkCacheBytes),
            ["vector_similarity_index_cache_size"] = "0",
            ["iceberg_metadata_files_cache_size"] = "0",
            ["parquet_metadata_cache_size"] = "0",
            ["query_cache.max_size_in_bytes"] = "0",
            // Batching and its tokens are ours.
            ["async_insert"] = "0",
            ["insert_deduplicate"] = "1",
            // The tables' own expressions bound their partitions; a backfill of ten years is no reason to refuse a block for good.
            ["max_partitions_per_insert_block"] = "0",
            ["exclude_materialize_skip_indexes_on_insert"] = string.Join(',', SchemaSettings.IndexesBuiltByMerges),
            ["allow_introspection_functions"] = "0",
            ["implicit_select"] = "0",
        };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return [.. settings];
    }

    /// <summary>
    /// What connections for queries have beside. Their threads give way to everything else in the process where the machine is
    /// busy: an acknowledgement costs microseconds and somebody waits for it, a heavy query costs seconds either way.
    /// </summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> OfQueries { get; } =
    [
        new("os_threads_nice_value_query", "19"),
        // Reading attributes costs a hundred times what a number costs: a quarter of a second of them is worth a second thread.
        new("merge_tree_min_rows_for_concurrent_read", "32768"),
        new("merge_tree_min_bytes_for_concurrent_read", "1048576"),
        // By default a gigabyte of the engine's memory has to be free for each thread, which under our cap means one thread for every query.
        new("max_threads_min_free_memory_per_thread", "67108864"),
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
