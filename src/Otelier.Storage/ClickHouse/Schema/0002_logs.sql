-- Log records, a superset of the OpenTelemetry ClickHouse exporter's otel_logs. Rows lie by minute and service, so that
-- newest-first search and a service's stream read few granules; a query must name the minutes of its range as well.
CREATE TABLE IF NOT EXISTS otel_logs
(
    `Tenant` LowCardinality(String) DEFAULT 'default',
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimestampSource` UInt8 DEFAULT 0,
    `ObservedTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0,
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `TraceFlags` UInt32,
    `SeverityText` LowCardinality(String),
    `SeverityNumber` Int32,
    `ServiceName` LowCardinality(String),
    `Body` String,
    `BodySignature` LowCardinality(String) DEFAULT 's',
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ResourceAttributesSignature` LowCardinality(String),
    `ResourceSchemaUrl` LowCardinality(String),
    `ResourceDroppedAttributesCount` UInt32 DEFAULT 0,
    `ResourceEntityRefs` LowCardinality(String),
    `ScopeName` String,
    `ScopeVersion` LowCardinality(String),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ScopeAttributesSignature` LowCardinality(String),
    `ScopeDroppedAttributesCount` UInt32 DEFAULT 0,
    `ScopeSchemaUrl` LowCardinality(String),
    `LogAttributes` Map(LowCardinality(String), String),
    `LogAttributesSignature` LowCardinality(String),
    `DroppedAttributesCount` UInt32 DEFAULT 0,
    `EventName` LowCardinality(String),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1{{log_body_index}}{{log_value_indexes}}
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, toStartOfMinute(Timestamp), ServiceName, Timestamp)
{{merged_compression}}
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, {{storage_settings}};
