import { expect, test } from 'vitest';
import { seriesCsv } from './exportChart';

test('series become a table with gaps, and names no formulas', () =>
  expect(
    seriesCsv([
      { id: 'a', label: '=1+1', color: '', points: [[0, 1.5], [60_000, null]] },
      { id: 'b', label: 'x, "y"', color: '', points: [[60_000, 2]] },
    ]),
  ).toBe('time,\'=1+1,"x, ""y"""\r\n1970-01-01T00:00:00.000Z,1.5,\r\n1970-01-01T00:01:00.000Z,,2\r\n'));
