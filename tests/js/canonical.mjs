/**
 * OTLP/JSON in a form in which equal telemetry is equal text: one line per item with its resource and scope, attributes by
 * key, 64-bit numbers as text, and no field that only says its default.
 */
const alwaysKept = new Set(['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue', 'asInt', 'asDouble', 'sum', 'min', 'max']);
const longs = new Set(['intValue', 'asInt', 'count', 'zeroCount', 'timeUnixNano', 'startTimeUnixNano', 'endTimeUnixNano', 'observedTimeUnixNano']);
const longLists = new Set(['bucketCounts']);
const attributeLists = new Set(['attributes', 'filteredAttributes', 'metadata']);

function isDefault(value) {
  return value === undefined || value === null || value === '' || value === 0 || value === '0' || value === false
    || (Array.isArray(value) && value.length === 0)
    || (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);
}

function canonical(value, name) {
  if (Array.isArray(value)) {
    const items = value.map((item) => (longLists.has(name) ? String(item) : canonical(item, name)));
    return attributeLists.has(name) ? items.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)) : items;
  }
  if (value !== null && typeof value === 'object') {
    const result = {};
    for (const key of Object.keys(value).sort()) {
      const field = longs.has(key) ? String(value[key]) : canonical(value[key], key);
      if (alwaysKept.has(key) ? field !== undefined : !isDefault(field)) result[key] = field;
    }
    return result;
  }
  return value;
}

const groups = {
  resourceSpans: ['scopeSpans', 'spans'],
  resourceLogs: ['scopeLogs', 'logRecords'],
  resourceMetrics: ['scopeMetrics', 'metrics'],
};

function pointsOf(metric) {
  const kind = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'].find((name) => metric[name]);
  const { dataPoints, ...data } = metric[kind];
  return dataPoints.map((point) => ({ ...metric, [kind]: data, point }));
}

/** The sorted lines of one or several OTLP/JSON documents. */
export function lines(documents, keep = () => true) {
  const result = [];
  for (const document of documents) {
    for (const [group, [scopes, items]] of Object.entries(groups)) {
      for (const resource of document[group] ?? []) {
        for (const scope of resource[scopes] ?? []) {
          for (const item of scope[items] ?? []) {
            for (const one of group === 'resourceMetrics' ? pointsOf(item) : [item]) {
              if (keep(one)) {
                result.push(JSON.stringify(canonical({
                  resource: resource.resource, resourceSchemaUrl: resource.schemaUrl, scope: scope.scope, scopeSchemaUrl: scope.schemaUrl, item: one,
                })));
              }
            }
          }
        }
      }
    }
  }
  return result.sort();
}
