SELECT
  MetricName,
  MetricType,
  MetricUnit,
  AggregationTemporality,
  IsMonotonic,
  argMax(MetricDescription, Day) AS Description,
  uniqExact(SeriesId) AS SeriesCount,
  arraySort(groupUniqArray(100)(ServiceName)) AS Services,
  toUInt16(max(Day)) AS LastDay
FROM metric_series
WHERE Tenant = {p0:String}
  AND Day >= toDate(toUInt16({p1:UInt64})) AND Day <= toDate(toUInt16({p2:UInt64}))
  AND MetricName >= {p3:String}
  AND (toString(MetricName), toString(MetricType), toString(MetricUnit), toInt64(AggregationTemporality), toInt64(IsMonotonic))
    > ({p3:String}, {p4:String}, {p5:String}, {p6:Int64}, {p7:Int64})
GROUP BY MetricName, MetricType, MetricUnit, AggregationTemporality, IsMonotonic
ORDER BY MetricName, MetricType, MetricUnit, AggregationTemporality, IsMonotonic
LIMIT {p8:Int64}
-- p0 = default
-- p1 = 20254
-- p2 = 20254
-- p3 = http.requests
-- p4 = Sum
-- p5 = {request}
-- p6 = 2
-- p7 = 1
-- p8 = 101
