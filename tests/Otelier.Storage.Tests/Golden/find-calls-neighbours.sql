SELECT cityHash64(TraceId, SpanId) AS Key, if(ParentSpanId = '', 0, cityHash64(TraceId, ParentSpanId)) AS ParentKey,
  if(SpanKind = 'Consumer', arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)), []) AS LinkKeys,
  toUInt32(intDiv(toUnixTimestamp64Nano(Timestamp), 60000000000)) AS Minute,
  toUInt8(indexOf(['Client', 'Producer', 'Server', 'Consumer'], SpanKind)) AS Role,
  ServiceName AS Service, StatusCode = 'Error' AS IsFailed, toUInt64(0) AS Duration
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})

-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
