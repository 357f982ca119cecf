SELECT SeriesId, Step, P[1].1 AS FirstTime, P[1].2 AS FirstValue, P[1].3 AS FirstStart, P[-1].1 AS LastTime, P[-1].2 AS LastValue, P[-1].3 AS LastStart,
  arraySum((a, b) -> if((b.3 > a.3 AND b.3 >= a.1) OR b.2 < a.2, b.2, b.2 - a.2), arrayPopBack(P), arrayPopFront(P)) AS Inner
FROM (
SELECT SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) AS Step,
  arraySort(groupArray((toUnixTimestamp64Nano(Timestamp), Value, toUnixTimestamp64Nano(StartTimestamp)))) AS P
FROM metric_points
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p4:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p5:Int64}))
  AND MetricName = {p6:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p7:String}
  AND Day >= toDate(toUInt16({p8:UInt64})) AND Day <= toDate(toUInt16({p9:UInt64}))
  AND (ServiceName = {p10:String})
  AND MetricName = {p11:String} AND MetricType = {p1:String} AND IsMonotonic = true AND AggregationTemporality != 1 AND SeriesId <= {p2:UInt64})
  AND bitAnd(Flags, 1) = 0
  AND ValueType != 0
GROUP BY SeriesId, Step)
ORDER BY SeriesId, Step
LIMIT {p12:Int64}
-- p0 = 10000000000
-- p1 = Sum
-- p2 = 9
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750000020000000000
-- p6 = http.requests
-- p7 = default
-- p8 = 20254
-- p9 = 20254
-- p10 = cart
-- p11 = http.requests
-- p12 = 5000001
