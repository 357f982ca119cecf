SELECT DISTINCT SpanId
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND TraceId = {p3:String}
  AND (positionCaseInsensitiveUTF8(SpanName, {p4:String}) > 0 OR positionCaseInsensitiveUTF8(ServiceName, {p4:String}) > 0 OR positionCaseInsensitiveUTF8(StatusMessage, {p4:String}) > 0
    OR arrayExists(value -> positionCaseInsensitiveUTF8(value, {p4:String}) > 0, mapValues(SpanAttributes)))
LIMIT {p5:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 0af7651916cd43dd8448eb211c80319c
-- p4 = it\'s \\ %_
-- p5 = 100000
