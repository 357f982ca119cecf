-- What the server keeps for itself: documents of JSON by kind. Every change is a new row with a greater version; the greatest counts.
CREATE TABLE IF NOT EXISTS otelier_catalog
(
    `Kind` String CODEC(ZSTD(1)),
    `Tenant` String CODEC(ZSTD(1)),
    `Id` String CODEC(ZSTD(1)),
    `Version` UInt64 CODEC(ZSTD(1)),
    `ChangedAt` DateTime64(9) CODEC(ZSTD(1)),
    `IsDeleted` UInt8 CODEC(ZSTD(1)),
    `Body` String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(Version)
ORDER BY (Kind, Tenant, Id)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};

-- Who administered what. Rows are only ever added.
CREATE TABLE IF NOT EXISTS otelier_audit
(
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Time` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Id` String CODEC(ZSTD(1)),
    `ActorId` String CODEC(ZSTD(1)),
    `ActorName` String CODEC(ZSTD(1)),
    `ActorTenant` String CODEC(ZSTD(1)),
    `Action` LowCardinality(String) CODEC(ZSTD(1)),
    `Target` String CODEC(ZSTD(1)),
    `Outcome` LowCardinality(String) CODEC(ZSTD(1)),
    `RemoteAddress` String CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(Time)
ORDER BY (Tenant, Time, Id)
SETTINGS non_replicated_deduplication_window = 1000, {{storage_settings}};
