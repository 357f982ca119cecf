import { expect, test } from 'vitest';
import { absoluteRange, describePreset, parseInstant, resolveRange, shiftRange, zoomRange } from './timeRange';

const now = 1_750_000_000_000;

test.each([
  ['now', now],
  ['-15m', now - 900_000],
  ['1750000000', now],
  ['1750000000000', now],
  ['1750000000000000000', now],
  ['2025-06-15T15:06:40Z', now],
  ['rubbish', null],
  ['', null],
])('%s names an instant or none', (text, instant) => expect(parseInstant(text, now)).toBe(instant));

test('a range without an end goes until now', () => expect(resolveRange({ start: '-1h' }, now)).toEqual({ from: now - 3_600_000, to: now }));

test('a range that ends before it begins is shown as a second', () =>
  expect(resolveRange({ start: String(now), end: String(now - 10) }, now)).toEqual({ from: now - 1010, to: now - 10 }));

test('a brush drawn backwards selects the same', () => expect(absoluteRange(5000, 1000)).toEqual(absoluteRange(1000, 5000)));

test('a brush of nothing selects a second', () => expect(absoluteRange(5000, 5000)).toEqual({ start: '5000', end: '6000' }));

test('shifting keeps the length', () => {
  const { from, to } = resolveRange(shiftRange({ start: '-1h' }, now, -0.5), now);
  expect([to - from, to]).toEqual([3_600_000, now - 1_800_000]);
});

test('zooming out never ends after now', () => expect(resolveRange(zoomRange({ start: '-1h' }, now, 2), now)).toEqual({ from: now - 7_200_000, to: now }));

test('presets are said in words', () => expect([describePreset('-1h'), describePreset('-15m')]).toEqual(['Last hour', 'Last 15 minutes']));
