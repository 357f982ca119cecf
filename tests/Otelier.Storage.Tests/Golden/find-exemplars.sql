SELECT SeriesId, Timestamp, ExemplarTimestamp, Value, IntRest, ValueType, SpanId, TraceId, FilteredAttributes, FilteredAttributesSignature
FROM metric_exemplars
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND MetricName = {p3:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p4:String}
  AND Day >= toDate(toUInt16({p5:UInt64})) AND Day <= toDate(toUInt16({p6:UInt64}))
  AND (ServiceName = {p7:String})
  AND MetricName = {p8:String})
ORDER BY ExemplarTimestamp DESC, SeriesId, Timestamp, Position
LIMIT {p9:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = http.requests
-- p4 = default
-- p5 = 20254
-- p6 = 20254
-- p7 = cart
-- p8 = http.requests
-- p9 = 101
