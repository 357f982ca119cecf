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
  AND (ServiceName = {p3:String})
  AND startsWith(MetricName, {p4:String})
GROUP BY MetricName, MetricType, MetricUnit, AggregationTemporality, IsMonotonic
ORDER BY MetricName, MetricType, MetricUnit, AggregationTemporality, IsMonotonic
LIMIT {p5:Int64}
-- p0 = default
-- p1 = 20254
-- p2 = 20254
-- p3 = cart
-- p4 = http.
-- p5 = 101
