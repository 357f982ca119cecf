SELECT
  arrayJoin(arrayFilter(p -> p.3 != '' AND length(p.3) <= 256, arrayConcat(
    [(toUInt8(255), '', 'rows'), (toUInt8(254), '0', toString(ServiceName)), (toUInt8(254), '1', toString(SpanName)), (toUInt8(254), '2', lower(toString(SpanKind))), (toUInt8(254), '3', lower(toString(StatusCode))), (toUInt8(254), '4', toString(StatusMessage)), (toUInt8(254), '5', toString(ScopeName)), (toUInt8(254), '6', toString(ScopeVersion))],
    arrayMap((k, v) -> (toUInt8(1), toString(k), v), mapKeys(SpanAttributes), mapValues(SpanAttributes)),
    arrayMap((k, v) -> (toUInt8(2), toString(k), v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes)),
    arrayMap((k, v) -> (toUInt8(3), toString(k), v), mapKeys(ScopeAttributes), mapValues(ScopeAttributes))))) AS Pair,
  Pair.1 AS Place, Pair.2 AS Key, Pair.3 AS Value, count() AS Rows
FROM otel_traces
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND (StatusCode = {p3:String})
  AND intHash64(intDiv(toUnixTimestamp64Nano(Timestamp), {p4:UInt64})) % {p5:UInt64} = 0
  AND cityHash64(Timestamp, TraceId, SpanId) % {p6:UInt64} = 0
GROUP BY Pair
ORDER BY Rows DESC, Pair
LIMIT {p7:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750003600000000000
-- p3 = Error
-- p4 = 14400000000
-- p5 = 10
-- p6 = 50
-- p7 = 50000
