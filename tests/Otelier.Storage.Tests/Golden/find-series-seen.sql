SELECT SeriesId, toUnixTimestamp64Nano(min(Timestamp)) AS FirstSeen, toUnixTimestamp64Nano(max(Timestamp)) AS LastSeen
FROM metric_histograms
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfHour(Timestamp) >= toStartOfHour(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfHour(Timestamp) <= toStartOfHour(fromUnixTimestamp64Nano({p2:Int64}))
  AND MetricName = {p3:String}
  AND SeriesId IN (SELECT arrayJoin({p4:Array(UInt64)}))
GROUP BY SeriesId
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = http.requests
-- p4 = [7,8]
