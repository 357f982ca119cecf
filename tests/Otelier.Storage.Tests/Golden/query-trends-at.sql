SELECT SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp) - {p2:Int64}, {p3:Int64}) AS Step, count() AS Points, argMax(Value, Timestamp) AS LastValue, max(((toUnixTimestamp64Nano(Timestamp) - {p0:Int64}) % {p1:Int64}) / 1e9) AS LastSeconds,
  sum(((toUnixTimestamp64Nano(Timestamp) - {p0:Int64}) % {p1:Int64}) / 1e9) AS SumX, sum(Value) AS SumY, sum(((toUnixTimestamp64Nano(Timestamp) - {p0:Int64}) % {p1:Int64}) / 1e9 * ((toUnixTimestamp64Nano(Timestamp) - {p0:Int64}) % {p1:Int64}) / 1e9) AS SumXX, sum(((toUnixTimestamp64Nano(Timestamp) - {p0:Int64}) % {p1:Int64}) / 1e9 * Value) AS SumXY
FROM metric_points
WHERE Tenant = {p5:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p6:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p7:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p6:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p7:Int64}))
  AND MetricName = {p8:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p9:String}
  AND Day >= toDate(toUInt16({p10:UInt64})) AND Day <= toDate(toUInt16({p11:UInt64}))
  AND (ServiceName = {p12:String})
  AND MetricName = {p13:String} AND MetricType = {p4:String} AND IsMonotonic = false)
  AND bitAnd(Flags, 1) = 0
  AND ValueType != 0
GROUP BY SeriesId, Step
ORDER BY SeriesId, Step
LIMIT {p14:Int64}
-- p0 = 6000000001
-- p1 = 7000000000
-- p2 = 6000000001
-- p3 = 7000000000
-- p4 = Gauge
-- p5 = default
-- p6 = 1750000000000000000
-- p7 = 1750000020000000000
-- p8 = http.requests
-- p9 = default
-- p10 = 20254
-- p11 = 20254
-- p12 = cart
-- p13 = http.requests
-- p14 = 5000001
