import { expect, test } from 'vitest';
import { blockText, lineText } from './attributes';

test('a line has no breaks, no escapes and no turned text', () => expect(lineText('a\nb\u001b[31mred\u202etxt\u0000')).toBe('a⏎ b␛[31mred\ufffdtxt␀'));

test('a block keeps its lines and shows the rest', () => expect(blockText('a\r\n\tb\u001b[31mred\u202etxt')).toBe('a\n\tb␛[31mred\ufffdtxt'));

test('markup is text like any other', () => expect(blockText('<script>alert(1)</script>')).toBe('<script>alert(1)</script>'));
