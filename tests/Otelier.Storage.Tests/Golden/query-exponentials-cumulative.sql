SELECT SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) AS Step, StartTimestamp, Timestamp, if(bitAnd(Fields, 2) != 0, Min, inf) AS Smallest, if(bitAnd(Fields, 4) != 0, Max, -inf) AS Largest,
  Count AS LastCount, if(bitAnd(Fields, 1) != 0, Sum, nan) AS LastSum, Scale AS LastScale, ZeroCount AS LastZeroCount, ZeroThreshold AS LastZeroThreshold, PositiveOffset AS LastPositiveOffset, PositiveBucketCounts AS LastPositive, NegativeOffset AS LastNegativeOffset, NegativeBucketCounts AS LastNegative
FROM metric_exponential_histograms
WHERE Tenant = {p1:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p2:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p3:Int64})
  AND toStartOfHour(Timestamp) >= toDateTime({p4:Int64}, 'UTC') AND toStartOfHour(Timestamp) <= toDateTime({p5:Int64}, 'UTC')
  AND MetricName = {p6:String} AND bitAnd(Flags, 1) = 0
  AND (SeriesId, Timestamp) IN (
SELECT SeriesId, max(Timestamp)
FROM metric_exponential_histograms
WHERE Tenant = {p8:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p9:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p10:Int64})
  AND toStartOfHour(Timestamp) >= toDateTime({p11:Int64}, 'UTC') AND toStartOfHour(Timestamp) <= toDateTime({p12:Int64}, 'UTC')
  AND MetricName = {p13:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p14:String}
  AND Day >= toDate(toUInt16({p15:UInt64})) AND Day <= toDate(toUInt16({p16:UInt64}))
  AND (ServiceName = {p17:String})
  AND MetricName = {p18:String} AND MetricType = {p7:String} AND IsMonotonic = false AND AggregationTemporality != 1)
  AND bitAnd(Flags, 1) = 0
GROUP BY SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p19:Int64}), StartTimestamp)
ORDER BY SeriesId, Timestamp
LIMIT {p20:Int64}
-- p0 = 10000000000
-- p1 = default
-- p2 = 1750000000000000000
-- p3 = 1750000020000000000
-- p4 = 1749999600
-- p5 = 1749999600
-- p6 = http.requests
-- p7 = ExponentialHistogram
-- p8 = default
-- p9 = 1750000000000000000
-- p10 = 1750000020000000000
-- p11 = 1749999600
-- p12 = 1749999600
-- p13 = http.requests
-- p14 = default
-- p15 = 20254
-- p16 = 20254
-- p17 = cart
-- p18 = http.requests
-- p19 = 10000000000
-- p20 = 5000001
