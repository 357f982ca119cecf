SELECT Timestamp
FROM otel_logs
WHERE Tenant = {p0:String}
  AND Timestamp >= fromUnixTimestamp64Nano({p1:Int64}) AND Timestamp < fromUnixTimestamp64Nano({p2:Int64})
  AND toStartOfMinute(Timestamp) >= toStartOfMinute(fromUnixTimestamp64Nano({p1:Int64})) AND toStartOfMinute(Timestamp) <= toStartOfMinute(fromUnixTimestamp64Nano({p2:Int64}))
  AND ((hasToken(Body, {p3:String}) AND hasToken(Body, {p4:String}) AND hasToken(lower(Body), {p5:String}) AND hasToken(lower(Body), {p6:String}) AND position(Body, {p7:String}) > 0) AND (hasToken(lower(Body), {p9:String}) AND hasToken(lower(Body), {p10:String}) AND (position(Body, {p8:String}) > 0)) AND (mapContains(LogAttributes, {p11:String}) AND (match(LogAttributes[{p11:String}], {p12:String}) AND substring(LogAttributesSignature, indexOf(mapKeys(LogAttributes), {p11:String}), 1) IN ('s', ''))))
ORDER BY Timestamp DESC
LIMIT {p13:Int64}
-- p0 = default
-- p1 = 1750000000000000000
-- p2 = 1750000020000000000
-- p3 = connection
-- p4 = Reset
-- p5 = connection
-- p6 = reset
-- p7 = connection Reset
-- p8 = peer; error code=5
-- p9 = error
-- p10 = code
-- p11 = thread
-- p12 = ^worker-\\d+$
-- p13 = 101
