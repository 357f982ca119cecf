SELECT p.Caller AS Caller, c.Callee AS Callee, (p.IsQueue OR c.IsQueue) AS IsQueued, c.Bucket AS Bucket,
  count() AS Calls, countIf(c.IsFailed OR p.IsFailed) AS FailedCalls, sum(c.Duration) AS DurationSum
FROM (
SELECT cityHash64(TraceId, ParentSpanId) AS CauseId, ServiceName AS Callee, SpanKind IN ('Server', 'Consumer') AS IsAnswer, SpanKind = 'Consumer' AS IsQueue, StatusCode = 'Error' AS IsFailed, toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration)))) AS Bucket, Duration
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND ParentSpanId != '' AND SpanKind NOT IN ('Client', 'Producer')
UNION ALL
SELECT arrayJoin(arrayFilter(k -> k != cityHash64(TraceId, ParentSpanId), arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)))) AS CauseId, ServiceName AS Callee, SpanKind IN ('Server', 'Consumer') AS IsAnswer, SpanKind = 'Consumer' AS IsQueue, StatusCode = 'Error' AS IsFailed, toUInt16(if(Duration = 0, 0, 1 + floor(4 * log2(Duration)))) AS Bucket, Duration
FROM otel_traces
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})
  AND SpanKind = 'Consumer' AND notEmpty(Links.SpanId)
) AS c ANY LEFT JOIN (
SELECT cityHash64(TraceId, SpanId) AS Id, ServiceName AS Caller, SpanKind IN ('Client', 'Producer') AS IsCaller, SpanKind = 'Producer' AS IsQueue, StatusCode = 'Error' AS IsFailed
FROM otel_traces
WHERE Tenant = {p6:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p7:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p8:Int64})
) AS p ON c.CauseId = p.Id
WHERE p.Id != 0 AND (p.Caller != c.Callee OR (p.IsCaller AND c.IsAnswer))
GROUP BY Caller, Callee, IsQueued, Bucket
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750000020000000000
-- p6 = default
-- p7 = 1750000000000000000
-- p8 = 1750000020000000000
