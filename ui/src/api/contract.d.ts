/**
 * Routes that are agreed on but not in the server's document yet. As soon as `npm run api` finds one there, the generated
 * type is the one that counts (see client.ts), and its entry here is deleted.
 */
type Op<Query, Answer> = { parameters: { query?: Query }; responses: { 200: { content: { 'application/json': Answer } } } };
type OpAt<Path, Query, Answer> = { parameters: { path: Path; query?: Query }; responses: { 200: { content: { 'application/json': Answer } } } };
type Range = { start?: string; end?: string };
type List = { nextCursor: string | null; warnings: Warning[]; total?: number };
type Warning = { code: string; message: string };
type AttributeValue = string | number | boolean | null | AttributeValue[] | { [key: string]: AttributeValue };
type AttributeMap = { [key: string]: AttributeValue };

type Search = Range & { q?: string };
type Aggregate = Search & { aggregates?: string[]; groupBy?: string[]; step?: string; limit?: number; orderBy?: string };

export interface paths {
  '/api/v1/fields': {
    get: Op<Range & { signal?: 'traces' | 'logs' | 'metrics'; prefix?: string; limit?: number }, { fields: components['schemas']['Field'][]; warnings: Warning[] }>;
  };
  '/api/v1/fields/values': {
    get: Op<Range & { signal?: 'traces' | 'logs' | 'metrics'; field: string; prefix?: string; limit?: number }, { values: { value: string; count: number }[]; warnings: Warning[] }>;
  };
  '/api/v1/spans/aggregate': { get: Op<Aggregate, components['schemas']['Aggregation']> };
  '/api/v1/spans/heatmap': { get: Op<Search & { step?: string }, components['schemas']['Heatmap']> };
  '/api/v1/spans/facets': { get: Op<Search & { fields?: string[]; limit?: number }, { facets: components['schemas']['Facet'][]; warnings: Warning[] }> };
  '/api/v1/red': {
    get: Op<Range & { service?: string; operation?: string; kind?: string; groupBy?: 'none' | 'service' | 'operation'; step?: string }, { stepNanos: number; series: components['schemas']['RedSeries'][]; warnings: Warning[] }>;
  };
  '/api/v1/traces/{traceId}/rows': {
    get: OpAt<{ traceId: string }, { offset?: number; limit?: number; around?: string; collapsed?: string; q?: string; minimap?: boolean } & Range, components['schemas']['TraceRows']>;
    post: {
      parameters: { path: { traceId: string } };
      requestBody: { content: { 'application/json': { offset?: number; limit?: number; around?: string; collapsed?: string[]; q?: string; minimap?: boolean } } };
      responses: { 200: { content: { 'application/json': components['schemas']['TraceRows'] } } };
    };
  };
  '/api/v1/traces/{traceId}/analysis': { get: OpAt<{ traceId: string }, Range, components['schemas']['TraceAnalysis']> };
  '/api/v1/traces/{traceId}/logs': { get: OpAt<{ traceId: string }, Range & { limit?: number; cursor?: string }, List & { logs: components['schemas']['LogRecord'][] }> };
  '/api/v1/traces/{traceId}/spans/{spanId}': { get: OpAt<{ traceId: string; spanId: string }, Range & { service?: string }, components['schemas']['Span']> };
  '/api/v1/traces': {
    get: Op<Range & { q?: string; sort?: string; limit?: number; cursor?: string; total?: boolean }, List & { traces: components['schemas']['TraceSummary'][] }>;
  };
  '/api/v1/services': { get: Op<Range, List & { services: components['schemas']['ServiceSummary'][] }> };
  '/api/v1/traces/{traceId}': {
    get: OpAt<{ traceId: string }, Range, { traceId: string; startTimeUnixNano: string; durationNanos: number; spans: components['schemas']['Span'][]; warnings: Warning[] }>;
  };
}

export interface components {
  schemas: {
    Warning: Warning;
    AttributeMap: AttributeMap;
    Problem: { type: string; title: string; status: number; detail?: string };
    TraceSummary: {
      traceId: string;
      rootService: string;
      rootName: string;
      startTimeUnixNano: string;
      durationNanos: number;
      spanCount: number;
      errorCount: number;
      services: string[];
    };
    ServiceSummary: {
      name: string;
      /** Spans of kind server or consumer: what the rate, the errors and the durations are of. */
      requestCount: number;
      requestErrorCount: number;
      spanCount: number;
      errorCount: number;
      ratePerSecond: number;
      errorRate: number;
      durationAverageNanos: number;
      durationP50Nanos: number;
      durationP95Nanos: number;
      durationP99Nanos: number;
      durationMaxNanos: number;
      firstSeenUnixNano: string;
      lastSeenUnixNano: string;
      operationCount: number;
    };
    Field: {
      name: string;
      kind: 'intrinsic' | 'attribute';
      scope?: string;
      types: string[];
      unit?: string;
      operators: string[];
      words?: string[];
      count?: number;
      description?: string;
    };
    Facet: { field: string; values: { value: string; count: number }[]; distinctCount: number };
    Heatmap: { stepNanos: number; buckets: { fromNanos: number; toNanos: number }[]; cells: number[][]; warnings: Warning[] };
    Aggregation: {
      stepNanos?: number;
      groupBy: string[];
      aggregates: { name: string; unit?: string }[];
      rows?: { labels: Record<string, string>; values: (number | null)[] }[];
      series?: { labels: Record<string, string>; aggregate: string; points: (number | null)[][] }[];
      warnings: Warning[];
    };
    RedSeries: {
      serviceName?: string;
      name?: string;
      points: {
        timeUnixMillis: number;
        spanCount: number;
        errorCount: number;
        durationAverageNanos: number | null;
        durationP50Nanos: number | null;
        durationP95Nanos: number | null;
        durationP99Nanos: number | null;
      }[];
    };
    TraceRow: {
      spanId: string;
      parentSpanId?: string;
      name: string;
      serviceName: string;
      kind: string;
      status: string;
      depth: number;
      childCount: number;
      descendantCount: number;
      descendantErrorCount: number;
      startTimeUnixNano: string;
      durationNanos: number;
      selfTimeNanos: number;
      skewNanos?: number;
      isRoot: boolean;
      isOrphan: boolean;
      isCritical: boolean;
      isCollapsed: boolean;
      isMatch: boolean;
      eventCount: number;
      linkCount: number;
    };
    TraceRows: {
      traceId: string;
      startTimeUnixNano: string;
      durationNanos: number;
      spanCount: number;
      errorCount: number;
      depthMax: number;
      rootService?: string;
      rootName?: string;
      rowCount: number;
      matchCount: number;
      offset: number;
      rows: components['schemas']['TraceRow'][];
      matchRows: number[];
      minimap?: { serviceName: string; startOffsetNanos: number; durationNanos: number; depth: number; isError: boolean }[];
      warnings: Warning[];
    };
    TraceAnalysis: {
      traceId: string;
      startTimeUnixNano: string;
      durationNanos: number;
      spanCount: number;
      errorCount: number;
      depthMax: number;
      rootCount: number;
      orphanCount: number;
      rootService?: string;
      rootName?: string;
      services: { serviceName: string; spanCount: number; errorCount: number; selfTimeNanos: number; selfTimeShare: number; criticalPathNanos: number }[];
      operations: {
        serviceName: string;
        name: string;
        kind: string;
        spanCount: number;
        errorCount: number;
        durationTotalNanos: number;
        durationMaxNanos: number;
        selfTimeNanos: number;
        criticalPathNanos: number;
      }[];
      criticalPath: { spanId: string; serviceName: string; name: string; startTimeUnixNano: string; endTimeUnixNano: string; durationNanos: number }[];
      warnings: Warning[];
    };
    LogRecord: {
      id?: string;
      timestampUnixNano: string;
      timeUnixNano?: string;
      observedTimeUnixNano?: string;
      severityNumber: number;
      severityText?: string;
      serviceName: string;
      body?: AttributeValue;
      attributes: AttributeMap;
      droppedAttributesCount?: number;
      flags: number;
      traceId?: string;
      spanId?: string;
      eventName?: string;
      resource: components['schemas']['Resource'];
      scope: components['schemas']['Scope'];
    };
    Resource: { attributes: AttributeMap; droppedAttributesCount?: number; schemaUrl?: string };
    Scope: { name: string; version?: string; attributes: AttributeMap; droppedAttributesCount?: number; schemaUrl?: string };
    SpanEvent: { timeUnixNano: string; name: string; attributes: AttributeMap; droppedAttributesCount?: number };
    SpanLink: { traceId: string; spanId: string; traceState?: string; flags: number; attributes: AttributeMap; droppedAttributesCount?: number };
    Span: {
      traceId: string;
      spanId: string;
      parentSpanId?: string;
      traceState?: string;
      flags: number;
      name: string;
      kind: string;
      serviceName: string;
      startTimeUnixNano: string;
      endTimeUnixNano: string;
      durationNanos: number;
      status: { code: string; message?: string };
      attributes: AttributeMap;
      droppedAttributesCount?: number;
      events: components['schemas']['SpanEvent'][];
      droppedEventsCount?: number;
      links: components['schemas']['SpanLink'][];
      droppedLinksCount?: number;
      resource: components['schemas']['Resource'];
      scope: components['schemas']['Scope'];
    };
  };
}
