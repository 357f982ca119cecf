import { expect, test } from 'vitest';
import { conjoin, durationLiteral, narrow, placeOf } from './language';

test.each([
  ['', { kind: 'field', from: 0, text: '' }],
  ['http.', { kind: 'field', from: 0, text: 'http.' }],
  ['(http.r', { kind: 'field', from: 1, text: 'http.r' }],
  ['http.route ', { kind: 'operator', from: 11, text: '', field: 'http.route' }],
  ['http.route c', { kind: 'operator', from: 11, text: 'c', field: 'http.route' }],
  ['http.route = ', { kind: 'value', from: 13, text: '', field: 'http.route' }],
  ['http.route = "/ca', { kind: 'value', from: 13, text: '"/ca', field: 'http.route' }],
  ['a = 1 and b', { kind: 'field', from: 10, text: 'b' }],
  ['name in ("a", "b', { kind: 'value', from: 14, text: '"b', field: 'name' }],
  ['name = "x" ', { kind: 'join', from: 11, text: '' }],
  ['name = x a', { kind: 'join', from: 9, text: 'a' }],
  ['not http', { kind: 'field', from: 4, text: 'http' }],
])('after `%s` comes the right thing', (before, place) => expect(placeOf(before)).toEqual(place));

test('a filter is narrowed by a quoted value', () => expect(narrow('duration > 5ms', 'http.route', 'say "hi"')).toBe('duration > 5ms and http.route = "say \\"hi\\""'));

test('alternatives are put in brackets before they are narrowed', () => expect(narrow('a = 1 or b = 2', 'c', 3, true)).toBe('(a = 1 or b = 2) and c != 3'));

test('an `or` inside a text is no alternative', () => expect(conjoin('name = "this or that"', 'b = 1')).toBe('name = "this or that" and b = 1'));

test('the same comparison is not added twice', () => expect(narrow('a = "x"', 'a', 'x')).toBe('a = "x"'));

test.each([
  [0, '0ns'],
  [999, '999ns'],
  [1500, '1.5us'],
  [33_500_000, '33.5ms'],
  [33_554_432, '33554.432us'],
  [2_000_000_000, '2s'],
])('%i nanoseconds are written as %s', (nanos, text) => expect(durationLiteral(nanos)).toBe(text));
