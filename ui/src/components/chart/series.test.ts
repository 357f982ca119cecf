import { expect, test } from 'vitest';
import { align, stack, summarize } from './series';

const series = [
  { id: 'a', label: 'a', color: 'red', points: [[1000, 1], [3000, 3]] as const },
  { id: 'b', label: 'b', color: 'red', points: [[2000, 2], [3000, null]] as const },
];

test('series are joined on one axis, with gaps where they say nothing', () => expect(align(series)).toEqual([[1, 2, 3], [1, null, 3], [null, 2, null]]));

test('a stack counts a gap as nothing', () => expect(stack(align(series), () => true)).toEqual([[1, 2, 3], [1, 0, 3], [1, 2, 3]]));

test('a hidden series takes no part in the stack', () => expect(stack(align(series), (index) => index !== 0)[2]).toEqual([0, 2, 0]));

test('a summary leaves gaps out', () => expect(summarize([[1, 2], [2, null], [3, 4]])).toEqual({ min: 2, max: 4, mean: 3, last: 4 }));
