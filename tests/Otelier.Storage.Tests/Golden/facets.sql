SELECT
  topK(10, 100, 'counts')(multiIf(mapContains(SpanAttributes, {p0:String}), SpanAttributes[{p0:String}], mapContains(ResourceAttributes, {p0:String}), ResourceAttributes[{p0:String}], NULL) AS F0) AS TopF0,
  uniq(F0) AS DistinctF0,
  topK(10, 100, 'counts')(nullIf(toString(SpanName), '') AS F1) AS TopF1,
  uniq(F1) AS DistinctF1,
  count() AS Rows
FROM otel_traces
WHERE Tenant = {p1:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p2:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p3:Int64})
  AND (StatusCode = {p4:String})
  AND intHash64(intDiv(toUnixTimestamp64Nano(Timestamp), {p5:UInt64})) % {p6:UInt64} = 0

-- p0 = http.route
-- p1 = default
-- p2 = 1750000000000000000
-- p3 = 1750003600000000000
-- p4 = Error
-- p5 = 14400000000
-- p6 = 10
