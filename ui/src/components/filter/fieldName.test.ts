import { expect, test } from 'vitest';
import { fieldName, hasRule, toggleRule, valueRule } from './fieldName';

test.each([
  ['attributes', 'http.route', 'http.route'],
  ['attributes', 'user', 'attributes.user'],
  ['attributes', 'service.name', 'attributes.service.name'],
  ['attributes', 'log.level', 'attributes.log.level'],
  ['attributes', 'say "hi"', 'attributes."say \\"hi\\""'],
  ['attributes', 'events.a', 'attributes.events.a'],
  ['resource', 'host.name', 'resource.host.name'],
  ['events', 'exception.type', 'events.exception.type'],
  ['links', 'my key', 'links."my key"'],
] as const)('an attribute of %s called `%s` is `%s` in a filter', (scope, key, name) => expect(fieldName(scope, key)).toBe(name));

test('a value that looks like a number is looked for as a number and as a text', () => {
  expect(valueRule('http.status', '500')).toBe('http.status in (500, "500")');
  expect(valueRule('http.status', '500', true)).toBe('not http.status in (500, "500")');
  expect(valueRule('name', 'x')).toBe('name = "x"');
});

test.each([
  ['a = "1"', ''],
  ['a = "1" and b = 2', 'b = 2'],
  ['b = 2 and a = "1"', 'b = 2'],
  ['b = 2 and a = "1" and c = 3', 'b = 2 and c = 3'],
  ['b = 2', 'b = 2 and a = "1"'],
  ['b = 2 or a = "1"', '(b = 2 or a = "1") and a = "1"'],
])('in `%s` a rule is turned to `%s`', (before, after) => expect(toggleRule(before, 'a = "1"')).toBe(after));

test('a rule is there only where it stands by itself', () => {
  expect(hasRule('a = "1" and b = 2', 'a = "1"')).toBe(true);
  expect(hasRule('a = "1" or b = 2', 'a = "1"')).toBe(false);
  expect(hasRule('not a = "1"', 'a = "1"')).toBe(false);
});
