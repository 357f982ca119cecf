import { conjoin, literal, placeOfRule, quote } from './language';

export type FieldScope = 'attributes' | 'resource' | 'scope' | 'events' | 'links';

const plain = /^[A-Za-z_][\w.\-/:]*$/;
/** Names with a dot that mean a field of the signal itself, and beginnings that mean a place. */
const taken = /^(service\.name|span\.kind|status\.code|status\.message|(attributes|resource|scope|span|log|labels|events|links)\..*)$/;

/** How the filter language names an attribute. A key without a dot, or with a name that is taken, is said with its place. */
export function fieldName(scope: FieldScope, key: string): string {
  const isPlain = plain.test(key);
  if (scope === 'attributes' && isPlain && key.includes('.') && !taken.test(key)) return key;
  return `${scope}.${isPlain ? key : quote(key)}`;
}

/** The rule that holds for a value of which only the text is known: what looks like a number may have been sent as one or as a text. */
export function valueRule(field: string, value: string, negated = false): string {
  if (/^-?\d+(\.\d+)?$|^(true|false)$/.test(value)) return `${negated ? 'not ' : ''}${field} in (${value}, ${quote(value)})`;
  return `${field} ${negated ? '!=' : '='} ${literal(value)}`;
}

/** Adds a rule, or takes it away again where it stands by itself. */
export function toggleRule(filter: string | undefined, rule: string): string {
  const place = filter === undefined ? -1 : placeOfRule(filter, rule);
  if (place < 0) return conjoin(filter, rule);
  const before = filter!.slice(0, place).replace(/\s+and\s*$/i, '');
  const after = filter!.slice(place + rule.length);
  return (before ? before + after : after.replace(/^\s*and\s+/i, '')).trim();
}

export function hasRule(filter: string | undefined, rule: string): boolean {
  return filter !== undefined && placeOfRule(filter, rule) >= 0;
}
