SELECT DISTINCT MetricType
FROM metric_series
WHERE Tenant = {p0:String}
  AND Day >= toDate(toUInt16({p1:UInt64})) AND Day <= toDate(toUInt16({p2:UInt64}))
  AND (ServiceName = {p3:String})
  AND MetricName = {p4:String}
-- p0 = default
-- p1 = 20254
-- p2 = 20254
-- p3 = cart
-- p4 = http.requests
