SELECT Service, Peer, Bucket, count() AS Calls, countIf(IsFailed) AS FailedCalls, sum(Duration) AS DurationSum
FROM (
SELECT arrayPushBack(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId), cityHash64(TraceId, ParentSpanId)) AS Causes, ServiceName AS Service, mapApply((k, v) -> (k, if(k IN ('url.full', 'http.url'), domain(v), v)), mapFilter((k, v) -> k IN ('db.system.name', 'db.system', 'db.namespace', 'db.name', 'server.address', 'net.peer.name', 'messaging.system', 'messaging.destination.name', 'messaging.destination', 'peer.service', 'network.peer.address', 'url.full', 'http.url', 'rpc.service'), SpanAttributes)) AS Peer, toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration)))) AS Bucket, StatusCode = 'Error' AS IsFailed, Duration
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND SpanKind = 'Consumer')
WHERE NOT arrayExists(cause -> cause IN (
SELECT cityHash64(TraceId, SpanId)
FROM otel_traces
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})
  AND SpanKind IN ('Client', 'Producer')
  AND cityHash64(TraceId, SpanId) IN (
SELECT arrayJoin(arrayPushBack(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId), cityHash64(TraceId, ParentSpanId)))
FROM otel_traces
WHERE Tenant = {p6:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p7:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p8:Int64})
  AND SpanKind = 'Consumer')), Causes)
GROUP BY Service, Peer, Bucket
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750000020000000000
-- p6 = default
-- p7 = 1750000000000000000
-- p8 = 1750000020000000000
