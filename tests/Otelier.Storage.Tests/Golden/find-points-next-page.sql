SELECT `SeriesId`, `Timestamp`, `StartTimestamp`, `Count`, `Sum`, `Min`, `Max`, `Fields`, `Scale`, `ZeroCount`, `ZeroThreshold`, `PositiveOffset`, `PositiveBucketCounts`, `NegativeOffset`, `NegativeBucketCounts`, `Flags`, cityHash64(`StartTimestamp`, `Count`, `Sum`, `Min`, `Max`, `Fields`, `Scale`, `ZeroCount`, `ZeroThreshold`, `PositiveOffset`, `PositiveBucketCounts`, `NegativeOffset`, `NegativeBucketCounts`, `Flags`) AS Hash
FROM metric_exponential_histograms
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p2:Int64}))
  AND MetricName = {p3:String}
  AND SeriesId IN (
SELECT SeriesId
FROM metric_series
WHERE Tenant = {p4:String}
  AND Day >= toDate(toUInt16({p5:UInt64})) AND Day <= toDate(toUInt16({p6:UInt64}))
  AND MetricName = {p7:String})
  AND (Timestamp < fromUnixTimestamp64Nano({p8:Int64}) OR (SeriesId, Hash) <= ({p9:UInt64}, {p10:UInt64}))
ORDER BY Timestamp DESC, SeriesId DESC, Hash DESC
LIMIT {p11:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = http.requests
-- p4 = default
-- p5 = 20254
-- p6 = 20254
-- p7 = http.requests
-- p8 = 1750000019999999999
-- p9 = 7
-- p10 = 8
-- p11 = 102
