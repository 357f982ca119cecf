SELECT Side, Caller, Callee, PeerType, PeerSystem, PeerName, IsQueued, Bucket, sum(Count) AS Calls, sum(Errors) AS FailedCalls, sum(DurationSum) AS Durations
FROM (
SELECT Calls.Side AS Side, Calls.Caller AS Caller, Calls.Callee AS Callee, Calls.PeerType AS PeerType, Calls.PeerSystem AS PeerSystem,
  Calls.PeerName AS PeerName, Calls.IsQueued AS IsQueued, Calls.Bucket AS Bucket, Calls.Count AS Count, Calls.Errors AS Errors,
  Calls.DurationSum AS DurationSum
FROM otel_calls_1m
WHERE Tenant = {p0:String}
  AND Minute >= toDateTime({p1:Int64}, 'UTC')
  AND Minute < toDateTime({p2:Int64}, 'UTC')
  AND (Minute >= toDateTime({p3:Int64}, 'UTC') AND Minute <= toDateTime({p4:Int64}, 'UTC') OR Minute >= toDateTime({p5:Int64}, 'UTC') AND Minute <= toDateTime({p6:Int64}, 'UTC'))
  AND (Minute, Version) IN (
SELECT Minute, max(Version)
FROM otel_calls_1m
WHERE Tenant = {p7:String}
  AND Minute >= toDateTime({p8:Int64}, 'UTC')
  AND Minute < toDateTime({p9:Int64}, 'UTC')
GROUP BY Minute)
) ARRAY JOIN Side, Caller, Callee, PeerType, PeerSystem, PeerName, IsQueued, Bucket, Count, Errors, DurationSum
GROUP BY Side, Caller, Callee, PeerType, PeerSystem, PeerName, IsQueued, Bucket
-- p0 = default
-- p1 = 1749999600
-- p2 = 1750002180
-- p3 = 1750002000
-- p4 = 1750002120
-- p5 = 1749999600
-- p6 = 1749999600
-- p7 = default
-- p8 = 1749999600
-- p9 = 1750002180
