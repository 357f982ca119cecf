SELECT SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) AS Step, min(if(bitAnd(Fields, 2) != 0, Min, inf)) AS Smallest, max(if(bitAnd(Fields, 4) != 0, Max, -inf)) AS Largest,
  sum(Count) AS LastCount, sum(if(bitAnd(Fields, 1) != 0, Sum, nan)) AS LastSum, Scale AS LastScale, sum(ZeroCount) AS LastZeroCount, ZeroThreshold AS LastZeroThreshold, PositiveOffset AS LastPositiveOffset, sumForEach(PositiveBucketCounts) AS LastPositive, NegativeOffset AS LastNegativeOffset, sumForEach(NegativeBucketCounts) AS LastNegative
FROM metric_exponential_histograms
WHERE Tenant = {p2:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p3:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p4:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p3:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p4:Int64}))
  AND MetricName = {p5:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p6:String}
  AND Day >= toDate(toUInt16({p7:UInt64})) AND Day <= toDate(toUInt16({p8:UInt64}))
  AND (ServiceName = {p9:String})
  AND MetricName = {p10:String} AND MetricType = {p1:String} AND IsMonotonic = false AND AggregationTemporality = 1)
  AND bitAnd(Flags, 1) = 0
GROUP BY SeriesId, Step, Scale, ZeroThreshold, PositiveOffset, NegativeOffset
LIMIT {p11:Int64}
-- p0 = 10000000000
-- p1 = ExponentialHistogram
-- p2 = default
-- p3 = 1750000000000000000
-- p4 = 1750000020000000000
-- p5 = http.requests
-- p6 = default
-- p7 = 20254
-- p8 = 20254
-- p9 = cart
-- p10 = http.requests
-- p11 = 5000001
