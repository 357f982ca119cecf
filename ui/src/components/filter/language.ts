/** The tokens of the filter language, as far as colours and completion need them. */
export const filterWords = ['and', 'or', 'not', 'in', 'exists', 'contains', 'starts_with', 'true', 'false'] as const;

/** A field or a value as it stands in a filter: quoted where it would be read as something else. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

export function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** `filter` narrowed by one more comparison. What is an alternative as a whole is put in brackets first. */
export function narrow(filter: string | undefined, field: string, value: string | number | boolean, negated = false): string {
  const rule = `${field} ${negated ? '!=' : '='} ${literal(value)}`;
  return conjoin(filter, rule);
}

export function conjoin(filter: string | undefined, rule: string): string {
  const kept = filter?.trim();
  if (!kept) return rule;
  if (placeOfRule(kept, rule) >= 0) return kept;
  return `${hasAlternative(kept) ? `(${kept})` : kept} and ${rule}`;
}

/** Where a rule stands whole, joined to its neighbours by nothing but `and`; -1 where it does not. */
export function placeOfRule(filter: string, rule: string): number {
  if (hasAlternative(filter.replace(rule, ''))) return -1;
  for (let place = filter.indexOf(rule); place >= 0; place = filter.indexOf(rule, place + 1)) {
    const isFirst = place === 0 || /\band\s+$/i.test(filter.slice(0, place));
    const rest = filter.slice(place + rule.length);
    if (isFirst && (rest === '' || /^\s+and\b/i.test(rest))) return place;
  }
  return -1;
}

/** Whether an `or` stands outside of texts. */
function hasAlternative(filter: string): boolean {
  return /\bor\b/i.test(filter.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ''));
}

export type Place = { kind: 'field'; from: number; text: string } | { kind: 'operator'; from: number; text: string; field: string } | { kind: 'value'; from: number; text: string; field: string } | { kind: 'join'; from: number; text: string };

const tail = {
  value: /([\w.\-/@]+)\s*(?:!=|>=|<=|!~|=|>|<|~|\bcontains\b|\bstarts_with\b|\b(?:not\s+)?in\b\s*\([^)]*?)\s*((?:"(?:[^"\\]|\\.)*|[\w.\-/@]*))$/i,
  operator: /(?:^|[\s(])([\w.\-/@]+)\s+([a-z_!<>=~]*)$/i,
  field: /(?:^|[\s(])([\w.\-/@]*)$/,
};

/** What would come next at the end of `before`. */
export function placeOf(before: string): Place | null {
  const value = tail.value.exec(before);
  if (value && !isWord(value[1]!)) return { kind: 'value', from: before.length - value[2]!.length, text: value[2]!, field: value[1]! };
  const operator = tail.operator.exec(before);
  if (operator && !isWord(operator[1]!)) {
    const rest = before.slice(0, before.length - operator[2]!.length).trimEnd();
    // After a whole comparison comes a join, after a bare field its operator.
    const isComplete = /(?:=|>|<|~|contains|starts_with)\s*[\w.\-/@]+$/i.test(rest) || /\bexists$/i.test(rest);
    const from = before.length - operator[2]!.length;
    return isComplete ? { kind: 'join', from, text: operator[2]! } : { kind: 'operator', from, text: operator[2]!, field: operator[1]! };
  }
  const join = /(?:"|\))\s+([a-z]*)$/i.exec(before);
  if (join) return { kind: 'join', from: before.length - join[1]!.length, text: join[1]! };
  const field = tail.field.exec(before);
  return field ? { kind: 'field', from: before.length - field[1]!.length, text: field[1]! } : null;
}

function isWord(text: string): boolean {
  return (filterWords as readonly string[]).includes(text.toLowerCase());
}

const durationUnits = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'us'],
] as const;

/** A length of time as the language writes it, exact. */
export function durationLiteral(nanos: number): string {
  const whole = Math.round(nanos);
  // At most three digits behind the point, and only where nothing is lost by it.
  const unit = durationUnits.find(([size]) => whole >= size && whole % (size / 1000) === 0);
  return unit ? `${whole / unit[0]}${unit[1]}` : `${whole}ns`;
}
