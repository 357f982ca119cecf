import { expect, test } from 'vitest';
import { clampView, indentation, place, ticks } from './timeScale';

test('ticks are round and few', () => expect(ticks({ from: 0, to: 97 }, 5)).toEqual([0, 20, 40, 60, 80]));

test('ticks of a view that does not begin at the start lie on the same grid', () => expect(ticks({ from: 33, to: 61 }, 3)).toEqual([40, 50, 60]));

test('a view of nothing has no ticks', () => expect(ticks({ from: 5, to: 5 }, 5)).toEqual([]));

test('a span is cut to the view', () => expect(place({ from: 100, to: 200 }, 50, 100)).toEqual({ left: 0, width: 0.5, isCutLeft: true, isCutRight: false }));

test('a span outside of the view has no place', () => expect(place({ from: 100, to: 200 }, 250, 10)).toBeNull());

test('a view stays within its trace', () => {
  expect(clampView({ from: -50, to: 50 }, 200)).toEqual({ from: 0, to: 100 });
  expect(clampView({ from: 180, to: 280 }, 200)).toEqual({ from: 100, to: 200 });
});

test('a thousand levels are indented less than two hundred and fifty pixels or so', () => {
  expect(indentation(1)).toBe(12);
  expect(indentation(1000)).toBeLessThan(260);
  expect(indentation(1000)).toBe(indentation(500));
});
