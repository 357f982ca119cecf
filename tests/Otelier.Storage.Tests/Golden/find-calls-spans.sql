SELECT cityHash64(TraceId, SpanId) AS Key, if(ParentSpanId = '', 0, cityHash64(TraceId, ParentSpanId)) AS ParentKey,
  if(SpanKind = 'Consumer', arrayDistinct(arrayMap((t, s) -> cityHash64(t, s), Links.TraceId, Links.SpanId)), []) AS LinkKeys,
  toUInt32(intDiv(toUnixTimestamp64Nano(Timestamp), 60000000000)) AS Minute,
  toUInt8(indexOf(['Client', 'Producer', 'Server', 'Consumer'], SpanKind)) AS Role,
  ServiceName AS Service, StatusCode = 'Error' AS IsFailed, Duration, if(SpanKind IN ('Client', 'Producer', 'Consumer'), mapApply((k, v) -> (k, if(k IN ('url.full', 'http.url'), domain(v), v)), mapFilter((k, v) -> k IN ('db.system.name', 'db.system', 'db.namespace', 'db.name', 'server.address', 'net.peer.name', 'messaging.system', 'messaging.destination.name', 'messaging.destination', 'peer.service', 'network.peer.address', 'url.full', 'http.url', 'rpc.service'), SpanAttributes)), map()) AS Peer
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND cityHash64(TraceId) % {p3:UInt64} = 0

-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 3
