SELECT MetricName, SeriesId, MetricType, MetricDescription, MetricUnit, AggregationTemporality, IsMonotonic, MetricMetadata, MetricMetadataSignature, ServiceName, ResourceAttributes, ResourceAttributesSignature, ResourceSchemaUrl, ResourceDroppedAttributesCount, ResourceEntityRefs, ScopeName, ScopeVersion, ScopeAttributes, ScopeAttributesSignature, ScopeDroppedAttributesCount, ScopeSchemaUrl, Attributes, AttributesSignature
FROM metric_series
WHERE Tenant = {p0:String}
  AND Day >= toDate(toUInt16({p1:UInt64})) AND Day <= toDate(toUInt16({p2:UInt64}))
  AND MetricName = {p3:String}
  AND SeriesId IN (SELECT arrayJoin({p4:Array(UInt64)}))
LIMIT 1 BY SeriesId
-- p0 = default
-- p1 = 20254
-- p2 = 20254
-- p3 = http.requests
-- p4 = [7,8]
