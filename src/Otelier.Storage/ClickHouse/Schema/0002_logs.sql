-- Log records, a superset of the OpenTelemetry ClickHouse exporter's otel_logs. Rows lie by minute and service, so that
-- newest-first search and a service's stream read few granules; a query must name the minutes of its range as well.
CREATE TABLE IF NOT EXISTS otel_logs
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimestampSource` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    `ObservedTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `TraceFlags` UInt32 CODEC(ZSTD(1)),
    `SeverityText` LowCardinality(String) CODEC(ZSTD(1)),
    `SeverityNumber` Int32 CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `Body` String CODEC(ZSTD(1)),
    `BodySignature` LowCardinality(String) DEFAULT 's' CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ResourceAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceDroppedAttributesCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `ResourceEntityRefs` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` String CODEC(ZSTD(1)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ScopeAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeDroppedAttributesCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `ScopeSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `LogAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    `LogAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `DroppedAttributesCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `EventName` LowCardinality(String) CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1{{log_body_index}}{{log_value_indexes}}
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, toStartOfMinute(Timestamp), ServiceName, Timestamp)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, {{storage_settings}};
