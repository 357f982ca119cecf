import { expect, test } from 'vitest';
import { arrange, parseServicesSearch } from './search';

const service = (name: string, rate: number, apdex?: number) => ({ name, ratePerSecond: rate, apdex }) as Parameters<typeof arrange>[0][number];
const names = (list: readonly { name: string }[]) => list.map((one) => one.name);

test('services are found by any words of their names, in any case', () => {
  const all = [service('shop-cart', 1), service('shop-checkout', 2), service('mail', 3)];
  expect(names(arrange(all, 'SHOP c', 'name'))).toEqual(['shop-cart', 'shop-checkout']);
  expect(names(arrange(all, 'check shop', 'name'))).toEqual(['shop-checkout']);
});

test('equal figures are ordered by name, so that refreshing does not move them', () => {
  expect(names(arrange([service('b', 1), service('a', 1), service('c', 2)], '', '-rate'))).toEqual(['c', 'a', 'b']);
});

test('a service without a score comes after the worst ones', () => {
  expect(names(arrange([service('none', 1), service('bad', 1, 0.2), service('good', 1, 0.9)], '', 'apdex'))).toEqual(['bad', 'good', 'none']);
});

test('an address that says nothing sensible says nothing', () => {
  expect(parseServicesSearch({ sort: '-constructor', apdex: '7s', search: '' })).toEqual({});
  expect(parseServicesSearch({ sort: '-rate', apdex: '500ms' })).toEqual({});
  expect(parseServicesSearch({ sort: 'errors', apdex: '1s', search: 404 })).toEqual({ sort: 'errors', apdex: '1s', search: '404' });
});
