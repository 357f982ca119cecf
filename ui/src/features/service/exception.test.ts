import { expect, test } from 'vitest';
import { exceptionOf } from './exception';

const exception = (type: string, message?: string) => ({ name: 'exception', timeUnixNano: '1', attributes: { 'exception.type': type, ...(message && { 'exception.message': message }) } });
const span = (change: object) => ({ status: { code: 'error' as const }, attributes: {}, events: [], ...change });

test('the status speaks first, then the last exception, then the attributes', () => {
  expect(exceptionOf(span({ status: { code: 'error', message: 'card declined' }, events: [exception('X')] }))).toBe('card declined');
  expect(exceptionOf(span({ events: [exception('First'), exception('Last', 'no funds')], attributes: { 'error.type': '500' } }))).toBe('Last: no funds');
  expect(exceptionOf(span({ attributes: { 'error.type': 'timeout', 'http.response.status_code': 504 } }))).toBe('timeout');
  expect(exceptionOf(span({ attributes: { 'http.response.status_code': 504 } }))).toBe('HTTP 504');
  expect(exceptionOf(span({}))).toBe('');
});
