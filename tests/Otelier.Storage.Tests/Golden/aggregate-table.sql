SELECT
  multiIf(mapContains(SpanAttributes, {p0:String}), SpanAttributes[{p0:String}], mapContains(ResourceAttributes, {p0:String}), ResourceAttributes[{p0:String}], NULL) AS G0,
  nullIf(toString(SpanName), '') AS G1,
  cityHash64(ifNull(G0, ''), isNull(G0), ifNull(G1, ''), isNull(G1)) AS Hash,
  CAST(count(), 'Nullable(Float64)') AS A0,
  quantilesExact(0.5, 0.95)(toFloat64(Duration)) AS Q1,
  CAST(Q1[1], 'Nullable(Float64)') AS A1,
  CAST(Q1[2], 'Nullable(Float64)') AS A2,
  CAST(countIf(StatusCode = 'Error') / nullIf(count(), 0), 'Nullable(Float64)') AS A3,
  CAST(sumOrNull(if(substring(SpanAttributesSignature, indexOf(mapKeys(SpanAttributes), {p1:String}), 1) = 'x', NULL, if(isFinite(toFloat64OrNull(SpanAttributes[{p1:String}])), toFloat64OrNull(SpanAttributes[{p1:String}]), NULL))), 'Nullable(Float64)') AS A4,
  CAST(uniq(multiIf(mapContains(SpanAttributes, {p2:String}), SpanAttributes[{p2:String}], mapContains(ResourceAttributes, {p2:String}), ResourceAttributes[{p2:String}], NULL)), 'Nullable(Float64)') AS A5,
  topK(5, 200, 'counts')(nullIf(toString(SpanName), '')) AS A6,
  count() OVER () AS Groups
FROM otel_traces
WHERE Tenant = {p3:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p4:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p5:Int64})
  AND (StatusCode = {p6:String})
GROUP BY G0, G1
ORDER BY A2 DESC NULLS LAST, G0 ASC NULLS FIRST, G1 ASC NULLS FIRST
LIMIT {p7:Int64}
SETTINGS max_rows_to_group_by = 200000, group_by_overflow_mode = 'any'
-- p0 = http.route
-- p1 = size
-- p2 = http.route
-- p3 = default
-- p4 = 1750000000000000000
-- p5 = 1750003600000000000
-- p6 = Error
-- p7 = 20
