SELECT Service, Peer, c.Callee AS Callee, IsQueue OR c.IsQueue AS IsQueued, p.Bucket AS Bucket, c.CauseId != 0 AS IsAnswered,
  count() AS Calls, countIf(p.IsFailed) AS FailedCalls, sum(p.Duration) AS DurationSum
FROM (
SELECT cityHash64(TraceId, SpanId) AS Id, ServiceName AS Service, SpanKind = 'Producer' AS IsQueue, mapApply((k, v) -> (k, if(k IN ('url.full', 'http.url'), domain(v), v)), mapFilter((k, v) -> k IN ('db.system.name', 'db.system', 'db.namespace', 'db.name', 'server.address', 'net.peer.name', 'messaging.system', 'messaging.destination.name', 'messaging.destination', 'peer.service', 'network.peer.address', 'url.full', 'http.url', 'rpc.service'), SpanAttributes)) AS Peer, toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration)))) AS Bucket, StatusCode = 'Error' AS IsFailed, Duration
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND SpanKind IN ('Client', 'Producer')
) AS p ANY LEFT JOIN (
SELECT cityHash64(TraceId, ParentSpanId) AS CauseId, ServiceName AS Callee, SpanKind IN ('Server', 'Consumer') AS IsAnswer, SpanKind = 'Consumer' AS IsQueue, StatusCode = 'Error' AS IsFailed, toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration)))) AS Bucket, Duration
FROM otel_traces
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})
  AND ParentSpanId != '' AND SpanKind IN ('Server', 'Consumer')
UNION ALL
SELECT arrayJoin(arrayFilter(k -> k != cityHash64(TraceId, ParentSpanId), arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)))) AS CauseId, ServiceName AS Callee, SpanKind IN ('Server', 'Consumer') AS IsAnswer, SpanKind = 'Consumer' AS IsQueue, StatusCode = 'Error' AS IsFailed, toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration)))) AS Bucket, Duration
FROM otel_traces
WHERE Tenant = {p6:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p7:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p8:Int64})
  AND SpanKind = 'Consumer' AND notEmpty(Links.SpanId)
) AS c ON p.Id = c.CauseId
GROUP BY Service, Peer, Callee, IsQueued, IsAnswered, Bucket
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750000020000000000
-- p6 = default
-- p7 = 1750000000000000000
-- p8 = 1750000020000000000
