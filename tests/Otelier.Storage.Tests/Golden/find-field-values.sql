SELECT Value AS Item, sum(Count) AS Seen
FROM otel_attribute_catalog
WHERE Tenant = {p0:String}
  AND Signal = {p1:String}
  AND Day >= toDate(toUInt16({p2:UInt64})) AND Day <= toDate(toUInt16({p3:UInt64}))
  AND Key = {p4:String}
  AND Value != ''
  AND Level IN (SELECT arrayJoin({p5:Array(String)}))
  AND startsWith(Value, {p6:String})
GROUP BY Item
ORDER BY Seen DESC, Item
LIMIT {p7:Int64}
-- p0 = default
-- p1 = traces
-- p2 = 20254
-- p3 = 20254
-- p4 = http.route
-- p5 = ['span']
-- p6 = /c
-- p7 = 20
