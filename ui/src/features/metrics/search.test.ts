import { expect, test } from 'vitest';
import { aggregationOf, defaultReading, readings, readingsOf } from './aggregations';
import { parseMetricsSearch } from './search';

test('queries are read as far as they make sense', () =>
  expect(
    parseMetricsSearch({ queries: [{ m: 'a', a: 'p95', by: ['x', 3, ''], top: 5, extra: 1 }, { m: '' }, 'b', { m: 'c', a: 'loud', q: '' }], step: '1m', of: 1, detail: 'series', scale: 'log' }),
  ).toEqual({
    search: undefined,
    queries: [{ m: 'a', a: 'p95', by: ['x'], top: 5 }, { m: 'c' }],
    step: '1m',
    scale: 'log',
    overlay: undefined,
    exemplars: undefined,
    of: 1,
    detail: 'series',
  }));

test('a page without queries is the catalogue', () => expect(parseMetricsSearch({ queries: [], step: 'soon' })).toMatchObject({ queries: undefined, step: undefined }));

test('each kind of metric is read in the way that tells the most', () => {
  expect(defaultReading({ type: 'sum', isMonotonic: true })).toBe('rate');
  expect(defaultReading({ type: 'sum', isMonotonic: false })).toBe('avg');
  expect(defaultReading({ type: 'histogram' })).toBe('p95');
  expect(defaultReading({ type: 'gauge' })).toBe('avg');
  expect(readingsOf({ type: 'gauge' })).not.toContain('rate');
});

test('quantiles are asked for by their share', () => {
  expect(aggregationOf('p99')).toEqual({ aggregation: 'quantile', quantile: 0.99 });
  expect(readings.filter((reading) => aggregationOf(reading).aggregation === 'quantile')).toHaveLength(4);
});
