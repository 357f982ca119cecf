-- Spans, a superset of the OpenTelemetry ClickHouse exporter's otel_traces.
-- Rows lie by second and trace: a trace is read from few granules, newest-first search reads few parts, and
-- inserts come in roughly sorted. Time is stored as sent; TimeClass says which kind of partition it goes to
-- (0 day, 1 month, 2 quarantine), so that wild clocks cannot make a partition each.
CREATE TABLE IF NOT EXISTS otel_traces
(
    `Tenant` LowCardinality(String) DEFAULT 'default',
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0,
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `ParentSpanId` String CODEC(ZSTD(1)),
    `TraceState` String,
    `Flags` UInt32 DEFAULT 0,
    `SpanName` LowCardinality(String),
    `SpanKind` LowCardinality(String),
    `ServiceName` LowCardinality(String),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ResourceAttributesSignature` LowCardinality(String),
    `ResourceSchemaUrl` LowCardinality(String),
    `ResourceDroppedAttributesCount` UInt32 DEFAULT 0,
    `ResourceEntityRefs` LowCardinality(String),
    `ScopeName` String,
    `ScopeVersion` String,
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ScopeAttributesSignature` LowCardinality(String),
    `ScopeDroppedAttributesCount` UInt32 DEFAULT 0,
    `ScopeSchemaUrl` LowCardinality(String),
    `SpanAttributes` Map(LowCardinality(String), String),
    `SpanAttributesSignature` LowCardinality(String),
    `DroppedAttributesCount` UInt32 DEFAULT 0,
    `Duration` UInt64 CODEC(ZSTD(1)),
    `EndTimeCorrection` Int64 DEFAULT 0,
    `StatusCode` LowCardinality(String),
    `StatusMessage` String,
    `Events.Timestamp` Array(DateTime64(9)),
    `Events.Name` Array(LowCardinality(String)),
    `Events.Attributes` Array(Map(LowCardinality(String), String)),
    `Events.AttributesSignature` Array(LowCardinality(String)),
    `Events.DroppedAttributesCount` Array(UInt32),
    `DroppedEventsCount` UInt32 DEFAULT 0,
    `Links.TraceId` Array(String),
    `Links.SpanId` Array(String),
    `Links.TraceState` Array(String),
    `Links.Attributes` Array(Map(LowCardinality(String), String)),
    `Links.AttributesSignature` Array(LowCardinality(String)),
    `Links.DroppedAttributesCount` Array(UInt32),
    `Links.Flags` Array(UInt32),
    `DroppedLinksCount` UInt32 DEFAULT 0,
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1{{span_value_indexes}}
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, toDateTime(Timestamp), TraceId)
{{merged_compression}}
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 1000, {{storage_settings}};

-- The exporter fills this one with a materialized view; here it is worked out when asked, which costs ingest nothing.
CREATE VIEW IF NOT EXISTS otel_traces_trace_id_ts AS
SELECT Tenant, TraceId, min(toDateTime(Timestamp)) AS Start, max(toDateTime(Timestamp)) AS End
FROM otel_traces
WHERE TraceId != ''
GROUP BY Tenant, TraceId;
