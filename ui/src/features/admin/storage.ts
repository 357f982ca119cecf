import type { Schema } from '@/api/client';

export type Tables = Schema<'TableStats'>;
export type Signal = Tables['signals'][number]['signal'];

export const signals: readonly Signal[] = ['traces', 'logs', 'metrics', 'other'];

export const signalColors: Record<Signal, string> = {
  traces: 'var(--accent)',
  logs: 'var(--warn-fill)',
  metrics: 'var(--info)',
  other: 'var(--severity-unset)',
};

export interface Day {
  day: string;
  bytes: Record<Signal, number>;
  rows: number;
  total: number;
}

/** The bytes of each day by signal, the oldest first; days between them on which nothing came are there, too. */
export function byDay({ days, tables }: Pick<Tables, 'days' | 'tables'>): Day[] {
  const signalOf = new Map(tables.map((table) => [table.name, table.signal]));
  const found = new Map<string, Day>();
  for (const { day, table, compressedBytes, rowCount } of days) {
    const one = found.get(day) ?? empty(day);
    one.bytes[signalOf.get(table) ?? 'other'] += compressedBytes;
    one.rows += rowCount;
    one.total += compressedBytes;
    found.set(day, one);
  }
  const sorted = [...found.keys()].sort();
  if (sorted.length === 0) return [];
  const shown: Day[] = [];
  for (let time = Date.parse(sorted[0]!); time <= Date.parse(sorted.at(-1)!) && shown.length < daysMax; time += dayMillis) {
    const day = new Date(time).toISOString().slice(0, 10);
    shown.push(found.get(day) ?? empty(day));
  }
  // A gap of years, from a clock that was wrong: only the days there are.
  return shown.length < daysMax ? shown : sorted.map((day) => found.get(day)!);
}

const dayMillis = 86_400_000;
const daysMax = 400;

function empty(day: string): Day {
  return { day, bytes: { traces: 0, logs: 0, metrics: 0, other: 0 }, rows: 0, total: 0 };
}
