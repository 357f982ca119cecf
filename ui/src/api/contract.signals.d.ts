/**
 * Logs, metrics and their analyses, as the server's parts describe them. As with contract.d.ts, what `npm run api` finds in the
 * document takes the place of what stands here.
 */
type Warning = { code: string; message: string };
type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
type Attributes = { [key: string]: Value };
type Answer<Body> = { responses: { 200: { content: { 'application/json': Body } } } };
type Get<Query, Body> = { get: { parameters: { query?: Query } } & Answer<Body> };
type GetAt<Path, Query, Body> = { get: { parameters: { path: Path; query?: Query } } & Answer<Body> };
type Post<Request, Body> = { post: { parameters: { query?: never }; requestBody: { content: { 'application/json': Request } } } & Answer<Body> };
type Search = { start?: string; end?: string; q?: string };
type Schemas = components['schemas'];

export interface paths {
  '/api/v1/logs': Get<Search & { limit?: number; cursor?: string; total?: boolean }, { logs: Schemas['LogRecord'][]; nextCursor: string | null; warnings: Warning[]; total?: number }>;
  '/api/v1/logs/histogram': Get<Search & { step?: string }, Schemas['LogHistogram']>;
  '/api/v1/logs/facets': Get<Search & { fields?: string[]; limit?: number }, Schemas['FacetAnswer']>;
  '/api/v1/logs/{id}': GetAt<{ id: string }, undefined, { log: Schemas['LogRecord'] }>;
  '/api/v1/logs/{id}/context': GetAt<{ id: string }, { before?: number; after?: number; scope?: 'resource' | 'service' }, Schemas['LogContext']>;
  '/api/v1/metrics': Get<Search & { limit?: number; cursor?: string; search?: string; name?: string[] }, { metrics: Schemas['MetricInfo'][]; nextCursor: string | null; warnings: Warning[] }>;
  '/api/v1/metrics/{name}/labels': GetAt<{ name: string }, Search & { limit?: number }, { labels: Schemas['MetricLabel'][]; warnings: Warning[] }>;
  '/api/v1/metrics/{name}/series': GetAt<{ name: string }, Search & { limit?: number; cursor?: string }, { series: Schemas['MetricSeriesItem'][]; nextCursor: string | null; warnings: Warning[] }>;
  '/api/v1/metrics/{name}/exemplars': GetAt<{ name: string }, Search & { limit?: number }, { exemplars: Schemas['MetricExemplar'][]; warnings: Warning[] }>;
  '/api/v1/metrics/query': Post<Schemas['MetricQuery'], Schemas['MetricAnswer']>;
}

export interface components {
  schemas: {
    LogRecord: {
      id?: string;
      timestampUnixNano: string;
      timeUnixNano?: string;
      observedTimeUnixNano?: string;
      severityNumber: number;
      severityText?: string;
      serviceName: string;
      body?: Value;
      attributes: Attributes;
      droppedAttributesCount?: number;
      flags: number;
      traceId?: string;
      spanId?: string;
      eventName?: string;
      resource: { attributes: Attributes; droppedAttributesCount?: number; schemaUrl?: string };
      scope: { name: string; version?: string; attributes: Attributes; droppedAttributesCount?: number; schemaUrl?: string };
    };
    LogContext: { logs: Schemas['LogRecord'][]; index: number; warnings: Warning[] };
    LogHistogram: {
      stepNanos: number;
      series: { severity: 'unset' | 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'; points: [number, number | null][] }[];
      total: number;
      warnings: Warning[];
    };
    Facet: { field: string; values: { value: string; count: number }[]; distinctCount: number };
    FacetAnswer: { facets: Schemas['Facet'][]; warnings: Warning[] };
    MetricInfo: {
      name: string;
      type: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';
      unit: string;
      description: string;
      temporality?: 'delta' | 'cumulative' | number;
      isMonotonic?: boolean;
      seriesCount: number;
      services: string[];
      lastSeenDay: string;
    };
    MetricLabel: { name: string; scope: 'point' | 'resource'; valueCount: number; seriesCount: number; values: { value: string; seriesCount: number }[] };
    MetricSeriesItem: { labels: Record<string, string>; seriesId: string; serviceName: string; firstSeenUnixNano?: string; lastSeenUnixNano?: string };
    MetricExemplar: {
      timeUnixNano: string;
      value: number | string | null;
      traceId?: string;
      spanId?: string;
      attributes: Attributes;
      seriesLabels: Record<string, string>;
    };
    MetricQuery: {
      metric: string;
      type?: Schemas['MetricInfo']['type'];
      aggregation: 'avg' | 'sum' | 'min' | 'max' | 'count' | 'last' | 'rate' | 'increase' | 'quantile' | 'delta' | 'deriv' | 'stddev';
      quantile?: number;
      groupBy?: string[];
      q?: string;
      top?: number;
      start?: string;
      end?: string;
      step?: string;
    };
    MetricAnswer: { series: { labels: Record<string, string>; points: [number, number | null][] }[]; stepMillis: number; warnings: Warning[] };
  };
}
