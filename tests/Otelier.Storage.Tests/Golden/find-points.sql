SELECT `SeriesId`, `Timestamp`, `StartTimestamp`, `Value`, `IntRest`, `ValueType`, `Flags`, cityHash64(`StartTimestamp`, `Value`, `IntRest`, `ValueType`, `Flags`) AS Hash
FROM metric_points
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfHour(Timestamp) >= toDateTime({p3:Int64}, 'UTC') AND toStartOfHour(Timestamp) <= toDateTime({p4:Int64}, 'UTC')
  AND MetricName = {p5:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p6:String}
  AND Day >= toDate(toUInt16({p7:UInt64})) AND Day <= toDate(toUInt16({p8:UInt64}))
  AND (ServiceName = {p9:String})
  AND MetricName = {p10:String})
ORDER BY Timestamp DESC, SeriesId DESC, Hash DESC
LIMIT {p11:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = 1749999600
-- p4 = 1749999600
-- p5 = http.requests
-- p6 = default
-- p7 = 20254
-- p8 = 20254
-- p9 = cart
-- p10 = http.requests
-- p11 = 101
