import { expect, test } from 'vitest';
import { emptyRule, type FilterGroup, formatFilter, parseFilter, replaceNode } from './tree';

const roundTrip = (text: string) => {
  const tree = parseFilter(text);
  return tree && formatFilter(tree);
};

test.each([
  'service.name = "cart"',
  'duration > 250ms',
  'http.response.status_code = 500',
  'http.response.status_code = "500"',
  'a.b = 1 and c.d != "x" and duration >= 1.5s',
  'a.b = 1 or c.d = 2 and e.f = 3',
  '(a.b = 1 or c.d = 2) and e.f = 3',
  'not (a.b = 1 and c.d = 2)',
  'not a.b = 1',
  'not not a.b = 1',
  'not (a.b = 1 or c.d = 2)',
  'name in ("a", "b", 3)',
  'name not in ("a")',
  'http.route exists and body contains "time out"',
  'http.route not exists',
  'body not contains "x" and name not starts_with "y" and name !~ "z"',
  '"free text" and status = error',
  'attributes."my key" = true',
  '`my key` = "say \\"hi\\" \\\\ \\n"',
  'a.b = "" and (c.d = 1 or not (e.f = 2 or g.h = 3))',
])('`%s` is the same after it was rules', (text) => expect(roundTrip(text)).toBe(text));

test.each([
  ["name = 'single'", 'name = "single"'],
  ['exists http.route', 'http.route exists'],
  ['name not_in (a,b)', 'name not in (a, b)'],
  ['name eq "x" and (duration gt 5ms)', 'name = "x" and duration > 5ms'],
  ['name not ~ "x"', 'name !~ "x"'],
  ['body ~ "\\d+"', 'body ~ "\\\\d+"'],
  ['', ''],
])('`%s` is said as `%s`', (text, said) => expect(roundTrip(text)).toBe(said));

test.each(['name =', 'name = "open', '(a.b = 1', 'a.b = 1 c.d = 2', 'a.b near 3', 'and', '= 3', `${'('.repeat(40)}a.b = 1${')'.repeat(40)}`])('`%s` stays text', (text) =>
  expect(parseFilter(text)).toBeNull(),
);

test('a rule that is not finished is left out', () => {
  const tree = parseFilter('a.b = 1')!;
  const unfinished = [emptyRule(), { ...emptyRule(), field: 'c.d' }];
  expect(formatFilter({ ...tree, terms: [...tree.terms, ...unfinished] })).toBe('a.b = 1');
});

test('a removed rule leaves no empty brackets behind', () => {
  const tree = parseFilter('a.b = 1 and (c.d = 2 or e.f = 3)')!;
  const group = tree.terms[1]!;
  if (group.kind !== 'group') throw new Error('no group');
  const without = group.terms.reduce<FilterGroup>((left, term) => replaceNode(left, term.id, () => null), tree);
  expect(formatFilter(without)).toBe('a.b = 1');
});

test('what is negated keeps its brackets when its neighbours go', () => {
  const tree = parseFilter('not (a.b = 1 and c.d = 2 or e.f = 3)')!;
  const group = tree.terms[0]!;
  if (group.kind !== 'group') throw new Error('no group');
  expect(formatFilter(replaceNode(tree, group.terms[1]!.id, () => null))).toBe('not (a.b = 1 and c.d = 2)');
});
