import { readings, type Reading } from './aggregations';

/** One question of the page, as it stands in the URL. */
export interface QueryText {
  /** The metric. */
  m: string;
  /** What is made of its points; absent for what suits its type. */
  a?: Reading;
  /** The filter on labels. */
  q?: string;
  by?: string[];
  /** At most so many lines. */
  top?: number;
}

export const details = ['labels', 'series', 'exemplars'] as const;
export type Detail = (typeof details)[number];

/** What the page's URL says beside the shared range. */
export interface MetricsSearch {
  /** Of the catalogue. */
  search?: string;
  queries?: QueryText[];
  step?: string;
  scale?: 'log';
  /** All queries in one chart. */
  overlay?: boolean;
  /** False: exemplars are not drawn. */
  exemplars?: boolean;
  /** Which query the tables below are of, and which table. */
  of?: number;
  detail?: Detail;
}

export const queriesMax = 8;
export const groupLabelsMax = 10;
export const tops = [5, 10, 20, 50] as const;
export const topDefault = 20;
export const steps = ['10s', '30s', '1m', '5m', '15m', '1h', '6h', '1d'] as const;

export function parseMetricsSearch(search: Record<string, unknown>): MetricsSearch {
  const queries = Array.isArray(search.queries) ? search.queries.map(parseQuery).filter((query) => query !== undefined).slice(0, queriesMax) : undefined;
  return {
    search: textOf(search.search),
    queries: queries?.length ? queries : undefined,
    step: typeof search.step === 'string' && /^\d{1,6}(ms|s|m|h|d)$/.test(search.step) ? search.step : undefined,
    scale: search.scale === 'log' ? 'log' : undefined,
    overlay: search.overlay === true || undefined,
    exemplars: search.exemplars === false ? false : undefined,
    of: typeof search.of === 'number' && search.of > 0 && search.of < queriesMax ? Math.floor(search.of) : undefined,
    detail: details.find((one) => one === search.detail),
  };
}

function parseQuery(value: unknown): QueryText | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { m, a, q, by, top } = value as Record<string, unknown>;
  if (typeof m !== 'string' || m === '') return undefined;
  const labels = Array.isArray(by) ? by.filter((label): label is string => typeof label === 'string' && label !== '').slice(0, groupLabelsMax) : [];
  // What is not said is not there either, so that the URL stays short.
  return {
    m,
    ...(readings.includes(a as Reading) && { a: a as Reading }),
    ...(textOf(q) && { q: textOf(q) }),
    ...(labels.length > 0 && { by: labels }),
    ...(typeof top === 'number' && top >= 1 && top <= 1000 && { top: Math.floor(top) }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The name of a query on the page: A, B, … */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}
