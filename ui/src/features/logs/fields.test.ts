import { expect, test } from 'vitest';
import { fieldValue, type LogRecord, messageOf, structureOf } from './fields';

const record: LogRecord = {
  timestampUnixNano: '1795196176668879785',
  severityNumber: 17,
  serviceName: 'cart',
  body: '{"a":[1,2]}',
  attributes: { 'http.route': '/a', user: 'ann', both: 1 },
  flags: 0,
  resource: { attributes: { 'host.name': 'n1', both: 2 } },
  scope: { name: 'shop', attributes: {} },
};

test.each([
  ['service.name', 'cart'],
  ['severity', 'error'],
  ['http.route', '/a'],
  ['attributes.user', 'ann'],
  ['attributes."user"', 'ann'],
  ['resource.host.name', 'n1'],
  ['host.name', 'n1'],
  ['both', 1],
  ['resource.both', 2],
  ['scope.name', 'shop'],
  ['traceId', undefined],
  ['constructor', undefined],
])('the field `%s` is %s', (field, value) => expect(fieldValue(record, field, 'utc')).toBe(value));

test('a text that is JSON opens as a tree, one that only begins like it does not', () => {
  expect(structureOf(record)).toEqual({ a: [1, 2] });
  expect(structureOf({ ...record, body: '{oops' })).toBeUndefined();
  expect(structureOf({ ...record, body: 'plain' })).toBeUndefined();
});

test('an event without a body is said by its name', () => expect(messageOf({ ...record, body: undefined, eventName: 'cart.emptied' })).toBe('cart.emptied'));
