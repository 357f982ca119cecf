SELECT SeriesId, Timestamp, ExemplarTimestamp, Value, IntRest, ValueType, SpanId, TraceId, FilteredAttributes, FilteredAttributesSignature
FROM metric_exemplars
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND Timestamp IN (SELECT fromUnixTimestamp64Nano(toInt64(arrayJoin({p3:Array(UInt64)}))))
  AND MetricName = {p4:String}
  AND SeriesId IN (SELECT arrayJoin({p5:Array(UInt64)}))
ORDER BY SeriesId, Timestamp, Position
LIMIT {p6:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000000000000001
-- p3 = [1750000000000000000]
-- p4 = http.requests
-- p5 = [7]
-- p6 = 100001
