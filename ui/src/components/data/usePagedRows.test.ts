import { expect, test } from 'vitest';
import { wantedPages } from './usePagedRows';

const outline = { starts: [0, 100, 200, 300, 400], rowCount: 500, hasMore: true };

test('only the pages around the screen are wanted', () => expect(wantedPages(outline, { first: 210, last: 240 }, 100)).toEqual([1, 2, 3]));

test('the next page is asked for before its end is reached', () => expect(wantedPages(outline, { first: 440, last: 470 }, 100)).toEqual([3, 4, 5]));

test('nothing is asked for after the last page', () => expect(wantedPages({ ...outline, hasMore: false }, { first: 440, last: 499 }, 100)).toEqual([3, 4]));

test('a list that is not known yet begins with its first page', () => expect(wantedPages({ starts: [], rowCount: 0, hasMore: true }, { first: 0, last: 0 }, 100)).toEqual([0]));
