-- Rate, errors and durations per operation and minute, and which attributes there are. Both are worked out per block in the
-- drain and inserted under the block's token, so a block that comes twice counts once. Rows of one key may lie in several
-- parts: whoever reads sums.
CREATE TABLE otel_red_1m
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Minute` DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanKind` LowCardinality(String) CODEC(ZSTD(1)),
    `Count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `Errors` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `DurationSum` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `DurationMax` SimpleAggregateFunction(max, UInt64) CODEC(ZSTD(1)),
    -- Four buckets per power of two of nanoseconds: 0 for 0, else 1 + floor(4 * log2(duration)).
    `DurationBuckets` SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMMDD(Minute)
ORDER BY (Tenant, Minute, ServiceName, SpanName, SpanKind)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};

-- A row with an empty Value stands for the key itself, the others for values that were seen (a bounded sample per block).
CREATE TABLE otel_attribute_catalog
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Signal` LowCardinality(String) CODEC(ZSTD(1)),
    -- resource, scope, span, event, link, log or point.
    `Level` LowCardinality(String) CODEC(ZSTD(1)),
    `Day` Date CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `Key` LowCardinality(String) CODEC(ZSTD(1)),
    -- The letter of the value's kind, as in the signatures.
    `Type` LowCardinality(String) CODEC(ZSTD(1)),
    `Value` String CODEC(ZSTD(1)),
    `Count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `LastSeen` SimpleAggregateFunction(max, DateTime('UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMMDD(Day)
ORDER BY (Tenant, Signal, Key, Day, Level, ServiceName, Type, Value)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};
