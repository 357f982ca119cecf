SELECT Key, Level, sum(Items) AS Seen, arrayStringConcat(arrayMap(kind -> toString(kind.2), arrayReverseSort(groupArray((Items, Type))))) AS Letters
FROM (
SELECT Key, Level, Type, sum(Count) AS Items
FROM otel_attribute_catalog
WHERE Tenant = {p0:String}
  AND Signal = {p1:String}
  AND Day >= toDate(toUInt16({p2:UInt64})) AND Day <= toDate(toUInt16({p3:UInt64}))
  AND Value = ''
  AND Level IN (SELECT arrayJoin({p4:Array(String)}))
  AND startsWith(Key, {p5:String})
GROUP BY Key, Level, Type)
GROUP BY Key, Level
ORDER BY Seen DESC, Key, Level
LIMIT {p6:Int64}
-- p0 = default
-- p1 = traces
-- p2 = 20254
-- p3 = 20254
-- p4 = ['span','resource']
-- p5 = http.
-- p6 = 100
