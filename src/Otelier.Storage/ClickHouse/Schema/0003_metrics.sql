-- Metrics are series and points. A series (what is measured, by whom, with which attributes) is written once a day; its
-- points carry a 64-bit id instead. Points lie by metric, hour, series and time: a time range reads its hours only, and
-- since the upper bits of an id come from the resource, the series of one sender lie together and share their timestamps.
-- Of the codecs measured for values (counters, whole and fractional gauges) Delta + ZSTD took the least: Gorilla 1.2 times,
-- FPC 1.35 times, DoubleDelta 1.4 times as much.

CREATE TABLE IF NOT EXISTS metric_series
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    `Day` Date CODEC(ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    `MetricType` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricDescription` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricUnit` LowCardinality(String) CODEC(ZSTD(1)),
    `AggregationTemporality` Int32 DEFAULT 0 CODEC(ZSTD(1)),
    `IsMonotonic` Bool DEFAULT false CODEC(ZSTD(1)),
    `MetricMetadata` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `MetricMetadataSignature` LowCardinality(String) CODEC(ZSTD(1)),
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
    `Attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `AttributesSignature` LowCardinality(String) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Day), TimeClass = 1, toYYYYMM(Day), 0)
ORDER BY (Tenant, MetricName, SeriesId, Day)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, {{storage_settings}};

-- Gauges and sums. ValueType: 0 none (a gap, Value is NaN), 1 integer, whose exact value is toInt64(Value) + IntRest, 2 double.
CREATE TABLE IF NOT EXISTS metric_points
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `StartTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Value` Float64 CODEC(Delta(8), ZSTD(1)),
    `IntRest` Int64 DEFAULT 0 CODEC(ZSTD(1)),
    `ValueType` UInt8 DEFAULT 2 CODEC(ZSTD(1)),
    `Flags` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, MetricName, toStartOfHour(Timestamp), SeriesId, Timestamp)
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 1000, {{storage_settings}};

-- Fields: which optional fields were sent (1 sum, 2 min, 4 max; of exponential histograms also 8 positive, 16 negative).
CREATE TABLE IF NOT EXISTS metric_histograms
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `StartTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Count` UInt64 CODEC(Delta(8), ZSTD(1)),
    `Sum` Float64 CODEC(Delta(8), ZSTD(1)),
    `Min` Float64 CODEC(ZSTD(1)),
    `Max` Float64 CODEC(ZSTD(1)),
    `Fields` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    `BucketCounts` Array(UInt64) CODEC(ZSTD(1)),
    `ExplicitBounds` Array(Float64) CODEC(ZSTD(1)),
    `Flags` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, MetricName, toStartOfHour(Timestamp), SeriesId, Timestamp)
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 1000, {{storage_settings}};

CREATE TABLE IF NOT EXISTS metric_exponential_histograms
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `StartTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Count` UInt64 CODEC(Delta(8), ZSTD(1)),
    `Sum` Float64 CODEC(Delta(8), ZSTD(1)),
    `Min` Float64 CODEC(ZSTD(1)),
    `Max` Float64 CODEC(ZSTD(1)),
    `Fields` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    `Scale` Int32 CODEC(ZSTD(1)),
    `ZeroCount` UInt64 CODEC(ZSTD(1)),
    `ZeroThreshold` Float64 DEFAULT 0 CODEC(ZSTD(1)),
    `PositiveOffset` Int32 CODEC(ZSTD(1)),
    `PositiveBucketCounts` Array(UInt64) CODEC(ZSTD(1)),
    `NegativeOffset` Int32 CODEC(ZSTD(1)),
    `NegativeBucketCounts` Array(UInt64) CODEC(ZSTD(1)),
    `Flags` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, MetricName, toStartOfHour(Timestamp), SeriesId, Timestamp)
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 1000, {{storage_settings}};

CREATE TABLE IF NOT EXISTS metric_summaries
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `StartTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Count` UInt64 CODEC(Delta(8), ZSTD(1)),
    `Sum` Float64 CODEC(Delta(8), ZSTD(1)),
    `ValueAtQuantiles.Quantile` Array(Float64) CODEC(ZSTD(1)),
    `ValueAtQuantiles.Value` Array(Float64) CODEC(ZSTD(1)),
    `Flags` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, MetricName, toStartOfHour(Timestamp), SeriesId, Timestamp)
SETTINGS index_granularity = 8192, non_replicated_deduplication_window = 1000, {{storage_settings}};

-- Timestamp is the data point's: together with the series it finds the point. Position is the place among the point's exemplars.
CREATE TABLE IF NOT EXISTS metric_exemplars
(
    `Tenant` LowCardinality(String) DEFAULT 'default' CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Position` UInt32 DEFAULT 0 CODEC(ZSTD(1)),
    `ExemplarTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Value` Float64 CODEC(ZSTD(1)),
    `IntRest` Int64 DEFAULT 0 CODEC(ZSTD(1)),
    `ValueType` UInt8 DEFAULT 2 CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `TraceId` String CODEC(ZSTD(1)),
    `FilteredAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `FilteredAttributesSignature` LowCardinality(String) CODEC(ZSTD(1)),
    `TimeClass` UInt8 DEFAULT 0 CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY multiIf(TimeClass = 0, toYYYYMMDD(Timestamp), TimeClass = 1, toYYYYMM(Timestamp), 0)
ORDER BY (Tenant, MetricName, SeriesId, Timestamp, Position)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000, {{storage_settings}};

-- The OpenTelemetry ClickHouse exporter's tables, as views (and Tenant). Its times are whole seconds, and so are these.
CREATE VIEW IF NOT EXISTS otel_metrics_gauge AS
SELECT
    p.Tenant AS Tenant,
    s.ResourceAttributes AS ResourceAttributes,
    CAST(s.ResourceSchemaUrl, 'String') AS ResourceSchemaUrl,
    s.ScopeName AS ScopeName,
    s.ScopeVersion AS ScopeVersion,
    s.ScopeAttributes AS ScopeAttributes,
    s.ScopeDroppedAttributesCount AS ScopeDroppedAttrCount,
    CAST(s.ScopeSchemaUrl, 'String') AS ScopeSchemaUrl,
    s.ServiceName AS ServiceName,
    p.MetricName AS MetricName,
    CAST(s.MetricDescription, 'String') AS MetricDescription,
    CAST(s.MetricUnit, 'String') AS MetricUnit,
    s.Attributes AS Attributes,
    toDateTime(p.StartTimestamp) AS StartTimeUnix,
    toDateTime(p.Timestamp) AS TimeUnix,
    if(bitAnd(p.Flags, 1) = 1, nan, p.Value) AS Value,
    p.Flags AS Flags,
    CAST(arrayMap(x -> x.2, e.List), 'Array(Map(LowCardinality(String), String))') AS `Exemplars.FilteredAttributes`,
    arrayMap(x -> x.3, e.List) AS `Exemplars.TimeUnix`,
    arrayMap(x -> x.4, e.List) AS `Exemplars.Value`,
    arrayMap(x -> x.5, e.List) AS `Exemplars.SpanId`,
    arrayMap(x -> x.6, e.List) AS `Exemplars.TraceId`
FROM metric_points AS p
ANY INNER JOIN
(
    SELECT *
    FROM metric_series
    WHERE MetricType = 'Gauge'
) AS s ON p.Tenant = s.Tenant AND p.MetricName = s.MetricName AND p.SeriesId = s.SeriesId
ANY LEFT JOIN
(
    SELECT Tenant, MetricName, SeriesId, Timestamp,
        arraySort(x -> x.1, groupArray((Position, FilteredAttributes, toDateTime(ExemplarTimestamp), Value, SpanId, TraceId))) AS List
    FROM metric_exemplars
    GROUP BY Tenant, MetricName, SeriesId, Timestamp
) AS e ON p.Tenant = e.Tenant AND p.MetricName = e.MetricName AND p.SeriesId = e.SeriesId AND p.Timestamp = e.Timestamp;

CREATE VIEW IF NOT EXISTS otel_metrics_sum AS
SELECT
    p.Tenant AS Tenant,
    s.ResourceAttributes AS ResourceAttributes,
    CAST(s.ResourceSchemaUrl, 'String') AS ResourceSchemaUrl,
    s.ScopeName AS ScopeName,
    s.ScopeVersion AS ScopeVersion,
    s.ScopeAttributes AS ScopeAttributes,
    s.ScopeDroppedAttributesCount AS ScopeDroppedAttrCount,
    CAST(s.ScopeSchemaUrl, 'String') AS ScopeSchemaUrl,
    s.ServiceName AS ServiceName,
    p.MetricName AS MetricName,
    CAST(s.MetricDescription, 'String') AS MetricDescription,
    CAST(s.MetricUnit, 'String') AS MetricUnit,
    s.Attributes AS Attributes,
    toDateTime(p.StartTimestamp) AS StartTimeUnix,
    toDateTime(p.Timestamp) AS TimeUnix,
    if(bitAnd(p.Flags, 1) = 1, nan, p.Value) AS Value,
    p.Flags AS Flags,
    CAST(arrayMap(x -> x.2, e.List), 'Array(Map(LowCardinality(String), String))') AS `Exemplars.FilteredAttributes`,
    arrayMap(x -> x.3, e.List) AS `Exemplars.TimeUnix`,
    arrayMap(x -> x.4, e.List) AS `Exemplars.Value`,
    arrayMap(x -> x.5, e.List) AS `Exemplars.SpanId`,
    arrayMap(x -> x.6, e.List) AS `Exemplars.TraceId`,
    s.AggregationTemporality AS AggregationTemporality,
    s.IsMonotonic AS IsMonotonic
FROM metric_points AS p
ANY INNER JOIN
(
    SELECT *
    FROM metric_series
    WHERE MetricType = 'Sum'
) AS s ON p.Tenant = s.Tenant AND p.MetricName = s.MetricName AND p.SeriesId = s.SeriesId
ANY LEFT JOIN
(
    SELECT Tenant, MetricName, SeriesId, Timestamp,
        arraySort(x -> x.1, groupArray((Position, FilteredAttributes, toDateTime(ExemplarTimestamp), Value, SpanId, TraceId))) AS List
    FROM metric_exemplars
    GROUP BY Tenant, MetricName, SeriesId, Timestamp
) AS e ON p.Tenant = e.Tenant AND p.MetricName = e.MetricName AND p.SeriesId = e.SeriesId AND p.Timestamp = e.Timestamp;

CREATE VIEW IF NOT EXISTS otel_metrics_histogram AS
SELECT
    p.Tenant AS Tenant,
    s.ResourceAttributes AS ResourceAttributes,
    CAST(s.ResourceSchemaUrl, 'String') AS ResourceSchemaUrl,
    s.ScopeName AS ScopeName,
    s.ScopeVersion AS ScopeVersion,
    s.ScopeAttributes AS ScopeAttributes,
    s.ScopeDroppedAttributesCount AS ScopeDroppedAttrCount,
    CAST(s.ScopeSchemaUrl, 'String') AS ScopeSchemaUrl,
    s.ServiceName AS ServiceName,
    p.MetricName AS MetricName,
    CAST(s.MetricDescription, 'String') AS MetricDescription,
    CAST(s.MetricUnit, 'String') AS MetricUnit,
    s.Attributes AS Attributes,
    toDateTime(p.StartTimestamp) AS StartTimeUnix,
    toDateTime(p.Timestamp) AS TimeUnix,
    p.Count AS Count,
    p.Sum AS Sum,
    p.BucketCounts AS BucketCounts,
    p.ExplicitBounds AS ExplicitBounds,
    CAST(arrayMap(x -> x.2, e.List), 'Array(Map(LowCardinality(String), String))') AS `Exemplars.FilteredAttributes`,
    arrayMap(x -> x.3, e.List) AS `Exemplars.TimeUnix`,
    arrayMap(x -> x.4, e.List) AS `Exemplars.Value`,
    arrayMap(x -> x.5, e.List) AS `Exemplars.SpanId`,
    arrayMap(x -> x.6, e.List) AS `Exemplars.TraceId`,
    p.Flags AS Flags,
    p.Min AS Min,
    p.Max AS Max,
    s.AggregationTemporality AS AggregationTemporality
FROM metric_histograms AS p
ANY INNER JOIN
(
    SELECT *
    FROM metric_series
    WHERE MetricType = 'Histogram'
) AS s ON p.Tenant = s.Tenant AND p.MetricName = s.MetricName AND p.SeriesId = s.SeriesId
ANY LEFT JOIN
(
    SELECT Tenant, MetricName, SeriesId, Timestamp,
        arraySort(x -> x.1, groupArray((Position, FilteredAttributes, toDateTime(ExemplarTimestamp), Value, SpanId, TraceId))) AS List
    FROM metric_exemplars
    GROUP BY Tenant, MetricName, SeriesId, Timestamp
) AS e ON p.Tenant = e.Tenant AND p.MetricName = e.MetricName AND p.SeriesId = e.SeriesId AND p.Timestamp = e.Timestamp;

CREATE VIEW IF NOT EXISTS otel_metrics_exponential_histogram AS
SELECT
    p.Tenant AS Tenant,
    s.ResourceAttributes AS ResourceAttributes,
    CAST(s.ResourceSchemaUrl, 'String') AS ResourceSchemaUrl,
    s.ScopeName AS ScopeName,
    s.ScopeVersion AS ScopeVersion,
    s.ScopeAttributes AS ScopeAttributes,
    s.ScopeDroppedAttributesCount AS ScopeDroppedAttrCount,
    CAST(s.ScopeSchemaUrl, 'String') AS ScopeSchemaUrl,
    s.ServiceName AS ServiceName,
    p.MetricName AS MetricName,
    CAST(s.MetricDescription, 'String') AS MetricDescription,
    CAST(s.MetricUnit, 'String') AS MetricUnit,
    s.Attributes AS Attributes,
    toDateTime(p.StartTimestamp) AS StartTimeUnix,
    toDateTime(p.Timestamp) AS TimeUnix,
    p.Count AS Count,
    p.Sum AS Sum,
    p.Scale AS Scale,
    p.ZeroCount AS ZeroCount,
    p.PositiveOffset AS PositiveOffset,
    p.PositiveBucketCounts AS PositiveBucketCounts,
    p.NegativeOffset AS NegativeOffset,
    p.NegativeBucketCounts AS NegativeBucketCounts,
    CAST(arrayMap(x -> x.2, e.List), 'Array(Map(LowCardinality(String), String))') AS `Exemplars.FilteredAttributes`,
    arrayMap(x -> x.3, e.List) AS `Exemplars.TimeUnix`,
    arrayMap(x -> x.4, e.List) AS `Exemplars.Value`,
    arrayMap(x -> x.5, e.List) AS `Exemplars.SpanId`,
    arrayMap(x -> x.6, e.List) AS `Exemplars.TraceId`,
    p.Flags AS Flags,
    p.Min AS Min,
    p.Max AS Max,
    s.AggregationTemporality AS AggregationTemporality
FROM metric_exponential_histograms AS p
ANY INNER JOIN
(
    SELECT *
    FROM metric_series
    WHERE MetricType = 'ExponentialHistogram'
) AS s ON p.Tenant = s.Tenant AND p.MetricName = s.MetricName AND p.SeriesId = s.SeriesId
ANY LEFT JOIN
(
    SELECT Tenant, MetricName, SeriesId, Timestamp,
        arraySort(x -> x.1, groupArray((Position, FilteredAttributes, toDateTime(ExemplarTimestamp), Value, SpanId, TraceId))) AS List
    FROM metric_exemplars
    GROUP BY Tenant, MetricName, SeriesId, Timestamp
) AS e ON p.Tenant = e.Tenant AND p.MetricName = e.MetricName AND p.SeriesId = e.SeriesId AND p.Timestamp = e.Timestamp;

CREATE VIEW IF NOT EXISTS otel_metrics_summary AS
SELECT
    p.Tenant AS Tenant,
    s.ResourceAttributes AS ResourceAttributes,
    CAST(s.ResourceSchemaUrl, 'String') AS ResourceSchemaUrl,
    s.ScopeName AS ScopeName,
    s.ScopeVersion AS ScopeVersion,
    s.ScopeAttributes AS ScopeAttributes,
    s.ScopeDroppedAttributesCount AS ScopeDroppedAttrCount,
    CAST(s.ScopeSchemaUrl, 'String') AS ScopeSchemaUrl,
    s.ServiceName AS ServiceName,
    p.MetricName AS MetricName,
    CAST(s.MetricDescription, 'String') AS MetricDescription,
    CAST(s.MetricUnit, 'String') AS MetricUnit,
    s.Attributes AS Attributes,
    toDateTime(p.StartTimestamp) AS StartTimeUnix,
    toDateTime(p.Timestamp) AS TimeUnix,
    p.Count AS Count,
    p.Sum AS Sum,
    p.`ValueAtQuantiles.Quantile` AS `ValueAtQuantiles.Quantile`,
    p.`ValueAtQuantiles.Value` AS `ValueAtQuantiles.Value`,
    p.Flags AS Flags
FROM metric_summaries AS p
ANY INNER JOIN
(
    SELECT *
    FROM metric_series
    WHERE MetricType = 'Summary'
) AS s ON p.Tenant = s.Tenant AND p.MetricName = s.MetricName AND p.SeriesId = s.SeriesId;
