-- Spans, a superset of the OpenTelemetry ClickHouse exporter's otel_traces.
-- Rows lie by second and trace: a trace is read from few granules, newest-first search reads few parts, and
-- inserts come in roughly sorted. Time is stored as sent; TimeClass says which kind of partition it goes to
-- (0 day, 1 month, 2 quarantine), so that wild clocks cannot make a partition each.
CREATE TABLE IF NOT EXISTS otel_traces
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `ParentSpanId` String CODEC(ZSTD(1)),
    `TraceState` String CODEC(ZSTD(1)),
    `Flags` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `SpanName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanKind` LowCardinality(String) CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ResourceAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceDroppedAttributesCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `ResourceEntityRefs` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` String CODEC(ZSTD(1)),
    `ScopeVersion` String CODEC(ZSTD(1)),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ScopeAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeDroppedAttributesCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `ScopeSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    `SpanAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `DroppedAttributesCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `Duration` UInt64 CODEC(ZSTD(1)),
    `EndTimeCorrection` Int64 DEFAULT 0 CODEC(ZSTD(1)),
    `StatusCode` LowCardinality(String) CODEC(ZSTD(1)),
    `StatusMessage` String CODEC(ZSTD(1)),
    `Events.Timestamp` Array(DateTime64(9)) CODEC(ZSTD(1)),
    `Events.Name` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Events.Attributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Events.AttributesSignature` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Events.DroppedAttributesCount` Array(UInt32) CODEC(ZSTD(1)),
    `DroppedEventsCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `Links.TraceId` Array(String) CODEC(ZSTD(1)),
    `Links.SpanId` Array(String) CODEC(ZSTD(1)),
    `Links.TraceState` Array(String) CODEC(ZSTD(1)),
    `Links.Attributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Links.AttributesSignature` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Links.DroppedAttributesCount` Array(UInt32) CODEC(ZSTD(1)),
    `Links.Flags` Array(UInt32) CODEC(ZSTD(1)),
    `DroppedLinksCount` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1{{span_value_indexes}}
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, toDateTime(Timestamp), TraceId)
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 1000, {{storage_settings}};

-- The exporter fills this one with a materialized view; here it is worked out when asked, which costs ingest nothing.
CREATE VIEW IF NOT EXISTS otel_traces_trace_id_ts AS
SELECT Tenant, TraceId, min(toDateTime(Timestamp)) AS Start, max(toDateTime(Timestamp)) AS End
FROM otel_traces
WHERE TraceId != ''
GROUP BY Tenant, TraceId;
