SELECT SeriesId, intDiv(toUnixTimestamp64Nano(Timestamp), {p0:Int64}) AS Step, min(if(bitAnd(Fields, 2) != 0, Min, inf)) AS Smallest, max(if(bitAnd(Fields, 4) != 0, Max, -inf)) AS Largest,
  sum(Count) AS LastCount, sum(if(bitAnd(Fields, 1) != 0, Sum, nan)) AS LastSum, Scale AS LastScale, sum(ZeroCount) AS LastZeroCount, ZeroThreshold AS LastZeroThreshold, PositiveOffset AS LastPositiveOffset, sumForEach(PositiveBucketCounts) AS LastPositive, NegativeOffset AS LastNegativeOffset, sumForEach(NegativeBucketCounts) AS LastNegative
FROM metric_exponential_histograms
WHERE Tenant = {p2:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p3:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p4:Int64})
  AND toStartOfHour(Timestamp) >= toDateTime({p5:Int64}, 'UTC') AND toStartOfHour(Timestamp) <= toDateTime({p6:Int64}, 'UTC')
  AND MetricName = {p7:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p8:String}
  AND Day >= toDate(toUInt16({p9:UInt64})) AND Day <= toDate(toUInt16({p10:UInt64}))
  AND (ServiceName = {p11:String})
  AND MetricName = {p12:String} AND MetricType = {p1:String} AND IsMonotonic = false AND AggregationTemporality = 1)
  AND bitAnd(Flags, 1) = 0
GROUP BY SeriesId, Step, Scale, ZeroThreshold, PositiveOffset, NegativeOffset
LIMIT {p13:Int64}
-- p0 = 10000000000
-- p1 = ExponentialHistogram
-- p2 = default
-- p3 = 1750000000000000000
-- p4 = 1750000020000000000
-- p5 = 1749999600
-- p6 = 1749999600
-- p7 = http.requests
-- p8 = default
-- p9 = 20254
-- p10 = 20254
-- p11 = cart
-- p12 = http.requests
-- p13 = 5000001
