SELECT SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) AS Step, StartTimestamp, Timestamp, if(bitAnd(Fields, 2) != 0, Min, inf) AS Smallest, if(bitAnd(Fields, 4) != 0, Max, -inf) AS Largest,
  Count AS LastCount, if(bitAnd(Fields, 1) != 0, Sum, nan) AS LastSum, Scale AS LastScale, ZeroCount AS LastZeroCount, ZeroThreshold AS LastZeroThreshold, PositiveOffset AS LastPositiveOffset, PositiveBucketCounts AS LastPositive, NegativeOffset AS LastNegativeOffset, NegativeBucketCounts AS LastNegative
FROM metric_exponential_histograms
WHERE Tenant = {p1:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p2:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p3:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p2:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p3:Int64}))
  AND MetricName = {p4:String} AND bitAnd(Flags, 1) = 0
  AND (SeriesId, Timestamp) IN (
SELECT SeriesId, max(Timestamp)
FROM metric_exponential_histograms
WHERE Tenant = {p6:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p7:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p8:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p7:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p8:Int64}))
  AND MetricName = {p9:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p10:String}
  AND Day >= toDate(toUInt16({p11:UInt64})) AND Day <= toDate(toUInt16({p12:UInt64}))
  AND (ServiceName = {p13:String})
  AND MetricName = {p14:String} AND MetricType = {p5:String} AND IsMonotonic = false AND AggregationTemporality != 1)
  AND bitAnd(Flags, 1) = 0
GROUP BY SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p15:Int64}), StartTimestamp)
ORDER BY SeriesId, Timestamp
LIMIT {p16:Int64}
-- p0 = 10000000000
-- p1 = default
-- p2 = 1750000000000000000
-- p3 = 1750000020000000000
-- p4 = http.requests
-- p5 = ExponentialHistogram
-- p6 = default
-- p7 = 1750000000000000000
-- p8 = 1750000020000000000
-- p9 = http.requests
-- p10 = default
-- p11 = 20254
-- p12 = 20254
-- p13 = cart
-- p14 = http.requests
-- p15 = 10000000000
-- p16 = 5000001
