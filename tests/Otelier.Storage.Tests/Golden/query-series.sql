SELECT SeriesId, MetricType, AggregationTemporality, IsMonotonic, [if(mapContains(Attributes, {p0:String}), Attributes[{p0:String}], ResourceAttributes[{p0:String}]), if(mapContains(Attributes, {p1:String}), Attributes[{p1:String}], ResourceAttributes[{p1:String}])] AS Labels
FROM metric_series
WHERE Tenant = {p2:String}
  AND Day >= toDate(toUInt16({p3:UInt64})) AND Day <= toDate(toUInt16({p4:UInt64}))
  AND (ServiceName = {p5:String})
  AND MetricName = {p6:String}
ORDER BY SeriesId
LIMIT 1 BY SeriesId
LIMIT {p7:Int64}
-- p0 = http.route
-- p1 = service.name
-- p2 = default
-- p3 = 20254
-- p4 = 20254
-- p5 = cart
-- p6 = http.requests
-- p7 = 11
