import { expect, test } from 'vitest';
import { formatAgo, formatBytes, formatClock, formatCount, formatDuration, formatInstant, formatShare, nanosBetween, nanosToMillis } from './format';

const plain = (text: string) => text.replace(/\u202f|\u200a/g, ' ');

test.each([
  [0, '0 ns'],
  [999, '999 ns'],
  [1000, '1 µs'],
  [999_700, '1 ms'],
  [1_240_000_000, '1.24 s'],
  [99_960_000, '100 ms'],
  [90_000_000_000, '1.5 min'],
  [3 * 86_400e9, '3 d'],
])('a duration of %d ns reads %s', (nanos, text) => expect(plain(formatDuration(nanos))).toBe(text));

test.each([
  [0, '0'],
  [9999, '9,999'],
  [12_345, '12.3k'],
  [999_600, '1M'],
  [4_560_000, '4.56M'],
  [0.257, '0.26'],
])('a count of %d reads %s', (count, text) => expect(formatCount(count)).toBe(text));

test('what is missing is a dash, never NaN', () => {
  expect([formatDuration(null), formatCount(undefined), formatBytes(NaN), formatShare(null)]).toEqual(['–', '–', '–', '–']);
});

test('small shares are not rounded to nothing', () => {
  expect(plain(formatShare(0.00004))).toBe('< 0.01 %');
  expect(plain(formatShare(0.123))).toBe('12.3 %');
});

test('bytes are powers of 1024', () => expect(plain(formatBytes(1536))).toBe('1.5 KiB'));

test('nanoseconds survive where a number would lose them', () => {
  expect(formatInstant('1750000000123456789', 'utc')).toBe('2025-06-15 15:06:40.123456789 UTC');
  expect(nanosBetween('1750000000000000001', '1750000000000000003')).toBe(2);
  expect(nanosToMillis('1750000000123456789')).toBeCloseTo(1750000000123.4568, 3);
});

test('a clock is shown in the zone that was chosen', () => expect(formatClock(1_750_000_000_123, 'utc')).toBe('15:06:40.123'));

test('ages are told in one unit', () => expect(plain(formatAgo(0, 125_000))).toBe('2 min ago'));
