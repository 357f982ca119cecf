/** The value of an attribute as the API shows it. */
export type AttributeValue = string | number | boolean | null | AttributeValue[] | { [key: string]: AttributeValue };

export function typeOf(value: AttributeValue): 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as 'string' | 'number' | 'boolean' | 'object';
}

/** A text as it is, everything else as JSON. */
export function flatText(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Text for one line: what would break or turn the line (controls, directions) is written out. Telemetry is hostile;
 * it is shown, never obeyed.
 */
export function lineText(text: string, charactersMax = 2000): string {
  const head = text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
  // eslint-disable-next-line no-control-regex -- the controls are what is looked for
  return head.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '\n') return '⏎ ';
    if (character === '\t') return ' ';
    if (character === '\r') return '';
    return character < '\u0020' ? String.fromCharCode(0x2400 + character.charCodeAt(0)) : '\ufffd';
  });
}

/** Text of many lines: line breaks and tabs stay, everything else that would be obeyed rather than shown is written out. */
export function blockText(text: string): string {
  // eslint-disable-next-line no-control-regex -- the controls are what is looked for
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character < '\u0020' ? String.fromCharCode(0x2400 + character.charCodeAt(0)) : '\ufffd',
  );
}
