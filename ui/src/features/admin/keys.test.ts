import { expect, test } from 'vitest';
import { arrangeKeys, expiryOf, type Key, stateOf } from './keys';

const now = Date.parse('2026-03-10T12:00:00Z');
const key = (id: string, change: Partial<Key> = {}): Key => ({ id, name: id, role: 'viewer', tenant: 'default', createdAt: '2026-03-01T00:00:00Z', createdBy: 'first start', ...change });

test('a key is good until it expires or is revoked', () => {
  expect(stateOf(key('a'), now)).toBe('active');
  expect(stateOf(key('a', { expiresAt: '2026-03-10T12:00:00Z' }), now)).toBe('expired');
  expect(stateOf(key('a', { expiresAt: '2026-03-10T12:00:01Z' }), now)).toBe('active');
  expect(stateOf(key('a', { expiresAt: '2026-03-11T00:00:00Z', revokedAt: '2026-03-02T00:00:00Z' }), now)).toBe('revoked');
});

test('keys that open something come first, the newest of them at the top', () => {
  const keys = [key('gone', { revokedAt: '2026-03-02T00:00:00Z' }), key('old'), key('new', { createdAt: '2026-03-09T00:00:00Z' }), key('late', { expiresAt: '2026-03-02T00:00:00Z' })];
  expect(arrangeKeys(keys, now).map((one) => one.id)).toEqual(['new', 'old', 'late', 'gone']);
});

test('an expiry is an instant, and never is none', () => {
  expect(expiryOf('7', now)).toBe('2026-03-17T12:00:00.000Z');
  expect(expiryOf('never', now)).toBeUndefined();
});
