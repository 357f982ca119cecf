SELECT
  cityHash64(ifNull(multiIf(mapContains(SpanAttributes, {p0:String}), SpanAttributes[{p0:String}], mapContains(ResourceAttributes, {p0:String}), ResourceAttributes[{p0:String}], NULL), ''), isNull(multiIf(mapContains(SpanAttributes, {p0:String}), SpanAttributes[{p0:String}], mapContains(ResourceAttributes, {p0:String}), ResourceAttributes[{p0:String}], NULL))) AS Hash,
  quantilesDD(0.005, 0.95)(toFloat64(Duration)) AS Q0,
  CAST(Q0[1], 'Nullable(Float64)') AS A0,
  intDiv(toUnixTimestamp64Nano(Timestamp), {p1:Int64}) - {p2:Int64} AS Step
FROM otel_traces
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})
  AND (StatusCode = {p6:String})
  AND Hash IN (SELECT arrayJoin({p7:Array(UInt64)}))
GROUP BY Hash, Step
-- p0 = http.route
-- p1 = 60000000000
-- p2 = 29166666
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750003600000000000
-- p6 = Error
-- p7 = [1,2]
