import { expect, test } from 'vitest';
import type { Reading } from './aggregations';
import { formatOf, unitText } from './units';

const nnbsp = '\u202f';

test.each<[string, string, 'gauge' | 'sum' | 'histogram', Reading, number, string]>([
  ['http.server.request.duration', 's', 'histogram', 'p95', 0.25, `250${nnbsp}ms`],
  ['http.server.request.duration', 's', 'histogram', 'rate', 12, '12/s'],
  ['process.memory.usage', 'By', 'sum', 'avg', 1048576, `1${nnbsp}MiB`],
  ['network.io', 'By', 'sum', 'rate', 2048, `2${nnbsp}KiB/s`],
  ['process.cpu.utilization', '1', 'gauge', 'avg', 0.123, `12.3${nnbsp}%`],
  ['disk.use', '%', 'gauge', 'max', 50, `50${nnbsp}%`],
  ['queue.size', '1', 'gauge', 'avg', 12345, '12.3k'],
  ['requests', '{request}', 'sum', 'rate', 3.5, '3.5/s'],
  ['tiny', '', 'gauge', 'avg', 0.00042, '4.2e-4'],
  ['latency', 'ms', 'gauge', 'max', 1500, `1.5${nnbsp}s`],
])('%s in %s, %s %s, %d is %s', (name, unit, type, reading, value, text) => expect(formatOf({ name, unit, type }, reading)(value)).toBe(text));

test('what is counted is said in words', () => {
  expect(unitText({ name: 'a', type: 'sum', unit: '{payment}' }, 'rate')).toBe('payments per second');
  expect(unitText({ name: 'a', type: 'histogram', unit: 's' }, 'rate')).toBe('measurements per second');
  expect(unitText({ name: 'a', type: 'gauge', unit: '1' }, 'avg')).toBe('');
});
