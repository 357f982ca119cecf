SELECT SpanId, ParentSpanId, Timestamp, Duration, ServiceName, SpanName, SpanKind, StatusCode,
  length(`Events.Timestamp`) AS EventCount, length(`Links.TraceId`) AS LinkCount,
  arrayExists((id, attributes) -> id = ParentSpanId AND attributes['opentracing.ref_type'] = 'follows_from',
    `Links.SpanId`, `Links.Attributes`) AS FollowsParent
FROM otel_traces
WHERE Tenant = {p0:String}
  AND TraceId = {p1:String}
ORDER BY Timestamp, SpanId
LIMIT {p2:Int64}
-- p0 = default
-- p1 = 0af7651916cd43dd8448eb211c80319c
-- p2 = 100001
