SELECT IsOfResource, Label, count() AS ValueCount, sum(Series) AS SeriesCount,
  arraySlice(arraySort(x -> (-toInt64(x.2), x.1), groupArray((Value, Series))), 1, {p0:Int64}) AS Top,
  arrayMap(x -> x.1, Top) AS TopValues, arrayMap(x -> x.2, Top) AS TopSeries
FROM (
SELECT Entry.1 AS IsOfResource, Entry.2 AS Label, Entry.3 AS Value, uniqExact(SeriesId) AS Series
FROM (
SELECT SeriesId, arrayJoin(arrayConcat(
  arrayMap((k, v) -> (toUInt8(0), toString(k), v), mapKeys(Attributes), mapValues(Attributes)),
  arrayMap((k, v) -> (toUInt8(1), toString(k), v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes)))) AS Entry
FROM metric_series
WHERE Tenant = {p1:String}
  AND Day >= toDate(toUInt16({p2:UInt64})) AND Day <= toDate(toUInt16({p3:UInt64}))
  AND (ServiceName = {p4:String})
  AND MetricName = {p5:String})
GROUP BY IsOfResource, Label, Value)
GROUP BY IsOfResource, Label
ORDER BY Label, IsOfResource
LIMIT {p6:Int64}
-- p0 = 100
-- p1 = default
-- p2 = 20254
-- p3 = 20254
-- p4 = cart
-- p5 = http.requests
-- p6 = 1001
