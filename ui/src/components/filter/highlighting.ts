import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { filterWords } from './language';

const word = /^[A-Za-z_][\w.\-/@]*/;
const number = /^-?\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d)?\b/;

export const filterLanguage = StreamLanguage.define<{ expectsValue: boolean }>({
  startState: () => ({ expectsValue: false }),
  token: (stream, state) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) {
      state.expectsValue = false;
      return 'string';
    }
    if (stream.match(/^(!=|>=|<=|!~|=|>|<|~)/)) {
      state.expectsValue = true;
      return 'operator';
    }
    if (stream.match(number)) {
      state.expectsValue = false;
      return 'number';
    }
    const found = stream.match(word);
    if (Array.isArray(found)) {
      const text = found[0].toLowerCase();
      const isValue = state.expectsValue;
      state.expectsValue = /^(in|contains|starts_with)$/.test(text);
      if ((filterWords as readonly string[]).includes(text)) return text === 'true' || text === 'false' ? 'bool' : 'keyword';
      return isValue ? 'string' : 'variableName';
    }
    stream.next();
    return 'bracket';
  },
  tokenTable: { variableName: tags.variableName, string: tags.string, number: tags.number, operator: tags.operator, keyword: tags.keyword, bool: tags.bool, bracket: tags.bracket },
});

export const filterHighlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.variableName, color: 'var(--code-field)' },
    { tag: tags.operator, color: 'var(--code-operator)' },
    { tag: tags.keyword, color: 'var(--code-keyword)', fontWeight: '600' },
    { tag: tags.string, color: 'var(--code-string)' },
    { tag: [tags.number, tags.bool], color: 'var(--code-number)' },
  ]),
);
