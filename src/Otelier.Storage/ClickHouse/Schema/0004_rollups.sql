-- What the drain adds up per block. Several rows may speak of the same thing until they are merged: always sum.

-- Rate, errors and durations per operation and minute. Buckets: 0 for a duration of 0, else 1 + floor(4 * log2(nanoseconds)).
CREATE TABLE IF NOT EXISTS otel_red_1m
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Minute` DateTime CODEC(Delta(4), ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanKind` LowCardinality(String) CODEC(ZSTD(1)),
    `Count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `Errors` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `DurationSum` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `DurationMax` SimpleAggregateFunction(max, UInt64) CODEC(ZSTD(1)),
    `DurationBuckets` SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY if(Minute < '2000-01-01 00:00:00', 0, toYYYYMM(Minute))
ORDER BY (Tenant, Minute, ServiceName, SpanName, SpanKind)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};

-- The same per service and minute, a hundredth of the lines. Requests are the spans by which work enters the service: of kind
-- SERVER or CONSUMER, without a parent, or with a parent in another process. The durations are those of the requests.
CREATE TABLE IF NOT EXISTS otel_red_service_1m
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Minute` DateTime CODEC(Delta(4), ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `Count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `Errors` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `Requests` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `RequestErrors` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `DurationSum` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `DurationMax` SimpleAggregateFunction(max, UInt64) CODEC(ZSTD(1)),
    `DurationBuckets` SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY if(Minute < '2000-01-01 00:00:00', 0, toYYYYMM(Minute))
ORDER BY (Tenant, Minute, ServiceName)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};

-- Who called whom, a row per minute: worked out from the spans of the minute and of those beside it once they have come (ADR 31), and anew
-- when more come late. Of a minute's rows that of the newest Version counts, and only as long as Spans is how many spans there are.
CREATE TABLE IF NOT EXISTS otel_calls_1m
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Minute` DateTime CODEC(Delta(4), ZSTD(1)),
    `Version` UInt64 CODEC(ZSTD(1)),
    `Spans` UInt64 CODEC(ZSTD(1)),
    `Calls.Side` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Calls.Caller` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Calls.Callee` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Calls.PeerType` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Calls.PeerSystem` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Calls.PeerName` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Calls.IsQueued` Array(UInt8) CODEC(ZSTD(1)),
    `Calls.Bucket` Array(UInt16) CODEC(ZSTD(1)),
    `Calls.Count` Array(UInt64) CODEC(ZSTD(1)),
    `Calls.Errors` Array(UInt64) CODEC(ZSTD(1)),
    `Calls.DurationSum` Array(UInt64) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(Version)
PARTITION BY if(Minute < '2000-01-01 00:00:00', 0, toYYYYMM(Minute))
ORDER BY (Tenant, Minute)
SETTINGS index_granularity = 64, {{storage_settings}};

-- The same per hour, added up from its minutes' rows: Minute is its first, Spans the sum of theirs.
CREATE TABLE IF NOT EXISTS otel_calls_1h AS otel_calls_1m
ENGINE = ReplacingMergeTree(Version)
PARTITION BY if(Minute < '2000-01-01 00:00:00', 0, toYYYYMM(Minute))
ORDER BY (Tenant, Minute)
SETTINGS index_granularity = 16, {{storage_settings}};

-- Which attribute keys there are, how often, and a sample of their values. The line that counts a key has an empty Value.
CREATE TABLE IF NOT EXISTS otel_attribute_catalog
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Signal` LowCardinality(String) CODEC(ZSTD(1)),
    `Level` LowCardinality(String) CODEC(ZSTD(1)),
    `Day` Date CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `Key` LowCardinality(String) CODEC(ZSTD(1)),
    `Type` LowCardinality(String) CODEC(ZSTD(1)),
    `Value` String CODEC(ZSTD(1)),
    `Count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `LastSeen` SimpleAggregateFunction(max, DateTime) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (Tenant, Signal, Key, Day, Level, ServiceName, Type, Value)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};
