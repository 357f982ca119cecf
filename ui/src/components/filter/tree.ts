import { tokensOf, type Token } from './tokens';

/** A value as it stands in a filter: quoted it is a text, bare it is a number, a boolean, a duration or a word of the field's. */
export interface FilterLiteral {
  text: string;
  isQuoted: boolean;
}

interface Node {
  /** What tells it apart while it is edited. */
  id: number;
  isNegated: boolean;
}

export interface FilterRule extends Node {
  kind: 'rule';
  /** As written, quotes included. */
  field: string;
  operator: FilterOperator;
  /** One; several behind `in`; none behind `exists`. */
  values: FilterLiteral[];
}

/** A text that is looked for in names and bodies. */
export interface FilterWords extends Node {
  kind: 'words';
  text: string;
}

export interface FilterGroup extends Node {
  kind: 'group';
  join: 'and' | 'or';
  terms: FilterNode[];
}

export type FilterNode = FilterRule | FilterWords | FilterGroup;

export const filterOperators = ['=', '!=', '>', '>=', '<', '<=', '~', '!~', 'contains', 'not contains', 'starts_with', 'not starts_with', 'in', 'not in', 'exists', 'not exists'] as const;
export type FilterOperator = (typeof filterOperators)[number];

const spelled: Record<string, FilterOperator> = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=', regex: '~', not_regex: '!~' };
const negations: Record<string, FilterOperator> = { '~': '!~', regex: '!~' };
const nestingMax = 16;

/** How many values an operator takes. */
export function valuesOf(operator: FilterOperator): 'none' | 'one' | 'many' {
  if (operator === 'exists' || operator === 'not exists') return 'none';
  return operator === 'in' || operator === 'not in' ? 'many' : 'one';
}

let lastId = 0;
export const nextId = () => ++lastId;

export function emptyGroup(join: FilterGroup['join'] = 'and'): FilterGroup {
  return { id: nextId(), kind: 'group', isNegated: false, join, terms: [] };
}

export function emptyRule(): FilterRule {
  return { id: nextId(), kind: 'rule', isNegated: false, field: '', operator: '=', values: [{ text: '', isQuoted: false }] };
}

/** The filter as rules and groups; null for what this reader does not understand, which then stays text. */
export function parseFilter(text: string): FilterGroup | null {
  const tokens = tokensOf(text);
  if (!tokens) return null;
  if (tokens.length === 0) return emptyGroup();
  const reader = new Reader(tokens);
  const node = reader.or(0);
  if (!node || !reader.isAtEnd) return null;
  return node.kind === 'group' && !node.isNegated ? node : { ...emptyGroup(), terms: [node] };
}

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  or(depth: number): FilterNode | null {
    return this.joined('or', () => this.joined('and', () => this.not(depth)));
  }

  private joined(join: FilterGroup['join'], term: () => FilterNode | null): FilterNode | null {
    const terms: FilterNode[] = [];
    do {
      const found = term();
      if (!found) return null;
      terms.push(found);
    } while (this.takeWord(join));
    return terms.length === 1 ? terms[0]! : { ...emptyGroup(join), terms };
  }

  private not(depth: number): FilterNode | null {
    if (depth > nestingMax) return null;
    if (this.takeWord('not')) {
      const negated = this.not(depth + 1);
      if (!negated) return null;
      return negated.isNegated ? { ...emptyGroup(), isNegated: true, terms: [negated] } : { ...negated, isNegated: true };
    }
    if (!this.take('(')) return this.rule();
    const inner = this.or(depth + 1);
    if (!inner || !this.take(')')) return null;
    return inner;
  }

  private rule(): FilterNode | null {
    const first = this.next();
    if (first?.kind === 'quoted') return first.text ? { id: nextId(), kind: 'words', isNegated: false, text: first.text } : null;
    if (first?.kind !== 'word' || isKeyword(first)) return null;
    if (isBare(first, 'exists')) {
      const field = this.next();
      return field?.kind === 'word' ? rule(field.raw, 'exists', []) : null;
    }
    const operator = this.operator();
    if (!operator) return null;
    const many = valuesOf(operator);
    if (many === 'none') return rule(first.raw, operator, []);
    const values = many === 'many' ? this.list() : this.value();
    return values && rule(first.raw, operator, values);
  }

  private operator(): FilterOperator | null {
    const isNegated = this.takeWord('not');
    const token = this.next();
    if (token?.kind !== 'operator' && token?.kind !== 'word') return null;
    const written = token.text.startsWith('not_') && !(token.text in spelled) ? `not ${token.text.slice(4)}` : (spelled[token.text] ?? token.text);
    const operator = isNegated ? (negations[written] ?? `not ${written}`) : written;
    return filterOperators.find((known) => known === operator) ?? null;
  }

  private value(): FilterLiteral[] | null {
    const token = this.next();
    return token?.kind === 'word' || token?.kind === 'quoted' ? [{ text: token.text, isQuoted: token.kind === 'quoted' || token.hasQuotes }] : null;
  }

  private list(): FilterLiteral[] | null {
    if (!this.take('(')) return null;
    const values: FilterLiteral[] = [];
    do {
      const value = this.value();
      if (!value) return null;
      values.push(...value);
    } while (this.take(','));
    return this.take(')') ? values : null;
  }

  private next(): Token | undefined {
    return this.tokens[this.at++];
  }

  private take(mark: '(' | ')' | ','): boolean {
    if (this.tokens[this.at]?.kind !== mark) return false;
    this.at++;
    return true;
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.at];
    if (!token || !isBare(token, word)) return false;
    this.at++;
    return true;
  }
}

function rule(field: string, operator: FilterOperator, values: FilterLiteral[]): FilterRule {
  return { id: nextId(), kind: 'rule', isNegated: false, field, operator, values };
}

function isBare(token: Token, word: string): boolean {
  return token.kind === 'word' && !token.hasQuotes && token.text === word;
}

function isKeyword(token: Token): boolean {
  return isBare(token, 'and') || isBare(token, 'or') || isBare(token, 'in');
}

/** The filter as text. What is not finished yet, such as a rule without a field, is left out. */
export function formatFilter(node: FilterNode): string {
  return write(node, 'or');
}

/** How tightly the surroundings hold: within `and` an `or` needs parentheses, behind `not` both do. */
type Level = 'or' | 'and' | 'not';

function write(node: FilterNode, level: Level): string {
  if (!isFinished(node)) return '';
  if (node.isNegated) return `not ${write({ ...node, isNegated: false }, 'not')}`;
  if (node.kind === 'words') return quoted(node.text);
  if (node.kind === 'rule') return `${node.field} ${node.operator}${writeValues(node)}`;
  const said = node.terms.filter(isFinished);
  if (said.length <= 1) return said[0] ? write(said[0], level) : '';
  const text = said.map((term) => write(term, node.join === 'or' ? 'and' : 'not')).join(` ${node.join} `);
  return level === 'not' || (level === 'and' && node.join === 'or') ? `(${text})` : text;
}

function isFinished(node: FilterNode): boolean {
  if (node.kind === 'group') return node.terms.some(isFinished);
  return node.kind === 'words' ? node.text !== '' : isComplete(node);
}

export function isComplete(node: FilterRule): boolean {
  return node.field !== '' && (valuesOf(node.operator) === 'none' || node.values.some(isSaid));
}

function isSaid(value: FilterLiteral): boolean {
  return value.text !== '' || value.isQuoted;
}

function writeValues({ operator, values }: FilterRule): string {
  const said = values.filter(isSaid).map(writeLiteral);
  switch (valuesOf(operator)) {
    case 'none':
      return '';
    case 'one':
      return ` ${said[0]}`;
    case 'many':
      return ` (${said.join(', ')})`;
  }
}

export function writeLiteral({ text, isQuoted }: FilterLiteral): string {
  return isQuoted || !isBareValue(text) ? quoted(text) : text;
}

/** Whether it stands without quotes and is still one word. */
function isBareValue(text: string): boolean {
  return /^[^\s()"'`,=!<>~\\]+$/.test(text);
}

const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

function quoted(text: string): string {
  return `"${text.replace(/[\\"\n\r\t\0]/g, (character) => escapes[character]!)}"`;
}

/** The group with one node changed, wherever it stands; null removes it. */
export function replaceNode(group: FilterGroup, id: number, change: (node: FilterNode) => FilterNode | null): FilterGroup {
  const terms = group.terms.flatMap((term) => {
    if (term.id === id) return change(term) ?? [];
    return term.kind === 'group' ? replaceNode(term, id, change) : term;
  });
  return { ...group, terms };
}
