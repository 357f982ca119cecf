SELECT MetricName, SeriesId, MetricType, MetricDescription, MetricUnit, AggregationTemporality, IsMonotonic, MetricMetadata, MetricMetadataSignature, ServiceName, ResourceAttributes, ResourceAttributesSignature, ResourceSchemaUrl, ResourceDroppedAttributesCount, ResourceEntityRefs, ScopeName, ScopeVersion, ScopeAttributes, ScopeAttributesSignature, ScopeDroppedAttributesCount, ScopeSchemaUrl, Attributes, AttributesSignature
FROM metric_series
WHERE Tenant = {p0:String}
  AND Day >= toDate(toUInt16({p1:UInt64})) AND Day <= toDate(toUInt16({p2:UInt64}))
  AND (ServiceName = {p3:String})
  AND MetricName = {p4:String}
  AND SeriesId > {p5:UInt64}
ORDER BY SeriesId
LIMIT 1 BY SeriesId
LIMIT {p6:Int64}
-- p0 = default
-- p1 = 20254
-- p2 = 20254
-- p3 = cart
-- p4 = http.requests
-- p5 = 255
-- p6 = 101
