import { expect, test } from 'vitest';
import { byDay, type Tables } from './storage';

const table = (name: string, signal: 'traces' | 'logs'): Tables['tables'][number] => ({ name, signal, rowCount: 0, compressedBytes: 0, uncompressedBytes: 0, compressionRatio: 0, partCount: 0 });
const day = (date: string, name: string, bytes: number) => ({ day: date, table: name, compressedBytes: bytes, rowCount: 1 });
const tables = [table('otel_traces', 'traces'), table('otel_red', 'traces'), table('otel_logs', 'logs')];

test('tables of one signal are put together, and quiet days are shown', () => {
  const days = byDay({ tables, days: [day('2026-03-03', 'otel_logs', 5), day('2026-03-01', 'otel_traces', 10), day('2026-03-01', 'otel_red', 2)] });
  expect(days.map((one) => [one.day, one.bytes.traces, one.bytes.logs, one.total])).toEqual([
    ['2026-03-01', 12, 0, 12],
    ['2026-03-02', 0, 0, 0],
    ['2026-03-03', 0, 5, 5],
  ]);
});

test('a clock that was wrong by decades does not fill the page with empty days', () => {
  const days = byDay({ tables, days: [day('1970-01-01', 'otel_logs', 1), day('2026-03-03', 'otel_logs', 5)] });
  expect(days.map((one) => one.day)).toEqual(['1970-01-01', '2026-03-03']);
});

test('nothing stored is no day', () => {
  expect(byDay({ tables, days: [] })).toEqual([]);
});
