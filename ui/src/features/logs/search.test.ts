import { expect, test } from 'vitest';
import { filterOf, parseLogsSearch, toggleSeverity } from './search';

test('severities narrow the filter', () => {
  expect(filterOf({ q: 'service.name = "cart"', severity: ['warn', 'error'] })).toBe('service.name = "cart" and severity in (warn, error)');
  expect(filterOf({ severity: ['unset'] })).toBe('severity in (0)');
  expect(filterOf({ q: 'a.b = 1 or c.d = 2', severity: ['error'] })).toBe('(a.b = 1 or c.d = 2) and severity in (error)');
  expect(filterOf({ q: 'a.b = 1' })).toBe('a.b = 1');
});

test('a URL with nonsense in it is a page with its defaults', () =>
  expect(parseLogsSearch({ q: 3, severity: ['loud', 'warn'], columns: 'x', wrap: 'yes', log: '' })).toEqual({
    q: undefined,
    severity: ['warn'],
    columns: undefined,
    wrap: undefined,
    log: undefined,
  }));

test('severities come in their order, and all of them are none', () => {
  expect(toggleSeverity(['error'], 'warn')).toEqual(['warn', 'error']);
  expect(toggleSeverity(['error'], 'error')).toBeUndefined();
  expect(toggleSeverity(['unset', 'trace', 'debug', 'info', 'warn', 'error'], 'fatal')).toBeUndefined();
});
