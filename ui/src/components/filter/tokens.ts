/** A token of the filter language, as the server's reader cuts them. */
export interface Token {
  kind: 'word' | 'quoted' | 'operator' | '(' | ')' | ',';
  /** Quotes and escapes resolved. */
  text: string;
  /** As written. */
  raw: string;
  /** Of a word: a piece of it stands in quotes. */
  hasQuotes: boolean;
}

const operatorCharacters = '=!<>~';
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '0': '\0', '\\': '\\', '"': '"', "'": "'", '`': '`' };

/** Null where a quote is not closed or an escape is broken. */
export function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const character = text[at]!;
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (character === '(' || character === ')' || character === ',') {
      at++;
      tokens.push({ kind: character, text: character, raw: character, hasQuotes: false });
      continue;
    }
    if (operatorCharacters.includes(character)) {
      while (at < text.length && operatorCharacters.includes(text[at]!)) at++;
      tokens.push({ kind: 'operator', text: text.slice(start, at), raw: text.slice(start, at), hasQuotes: false });
      continue;
    }
    if (character === '"' || character === "'") {
      const read = readQuoted(text, at);
      if (!read) return null;
      at = read.end;
      tokens.push({ kind: 'quoted', text: read.text, raw: text.slice(start, at), hasQuotes: true });
      continue;
    }
    const word = readWord(text, at);
    if (!word) return null;
    at = word.end;
    tokens.push({ kind: 'word', text: word.text, raw: text.slice(start, at), hasQuotes: word.hasQuotes });
  }
  return tokens;
}

function readWord(text: string, from: number): { text: string; end: number; hasQuotes: boolean } | null {
  let at = from;
  let read = '';
  let hasQuotes = false;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '`' || (character === '"' && read.endsWith('.'))) {
      const piece = readQuoted(text, at);
      if (!piece) return null;
      read += piece.text;
      at = piece.end;
      hasQuotes = true;
    } else if (/[\s(),"']/.test(character) || operatorCharacters.includes(character)) {
      break;
    } else {
      read += character;
      at++;
    }
  }
  return { text: read, end: at, hasQuotes };
}

function readQuoted(text: string, from: number): { text: string; end: number } | null {
  const quote = text[from]!;
  let at = from + 1;
  let read = '';
  while (at < text.length && text[at] !== quote) {
    const character = text[at++]!;
    if (character !== '\\' || at === text.length) {
      read += character;
      continue;
    }
    const escaped = text[at++]!;
    if (escaped === 'u') {
      const digits = /^[0-9a-fA-F]{4}/.exec(text.slice(at, at + 4));
      if (!digits) return null;
      read += String.fromCharCode(parseInt(digits[0], 16));
      at += 4;
    } else {
      read += escapes[escaped] ?? `\\${escaped}`;
    }
  }
  return at < text.length ? { text: read, end: at + 1 } : null;
}
