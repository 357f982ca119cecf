/** The time range of a page, as it stands in the URL: what the API understands, kept as the person said it. */
export interface TimeRange {
  /** `-15m`, or an instant: unix milliseconds or RFC 3339. */
  start: string;
  /** Absent: until now. */
  end?: string;
}

/** A range with its instants known, unix milliseconds. */
export interface ResolvedRange {
  from: number;
  to: number;
}

export const defaultRange: TimeRange = { start: '-1h' };

export const presets = ['-5m', '-15m', '-30m', '-1h', '-3h', '-6h', '-12h', '-24h', '-2d', '-7d', '-30d'] as const;

const unitMillis: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const unitWords: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };
const relative = /^-(\d{1,6})([smhdw])$/;

export function isRelative(text: string): boolean {
  return relative.test(text);
}

/** Unix milliseconds, or null for what names no instant. */
export function parseInstant(text: string, now: number): number | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'now') return trimmed === 'now' ? now : null;
  const match = relative.exec(trimmed);
  if (match) return now - Number(match[1]) * unitMillis[match[2]!]!;
  if (/^\d+$/.test(trimmed)) {
    // Seconds, milliseconds or nanoseconds are told apart by their number of digits, as the API does it.
    if (trimmed.length <= 11) return Number(trimmed) * 1000;
    if (trimmed.length <= 14) return Number(trimmed);
    if (trimmed.length >= 18 && trimmed.length <= 20) return Number(trimmed.slice(0, -6));
    return null;
  }
  // A date without a clock would be read as UTC by the language and as local by people.
  const parsed = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00` : trimmed.replace(' ', 'T'));
  return Number.isNaN(parsed) ? null : parsed;
}

export function resolveRange(range: TimeRange, now: number): ResolvedRange {
  const to = (range.end && parseInstant(range.end, now)) || now;
  const from = parseInstant(range.start, now) ?? to - unitMillis.h!;
  return from < to ? { from, to } : { from: to - 1000, to };
}

/** The range a brush or a zoom selected. */
export function absoluteRange(from: number, to: number): TimeRange {
  const [first, last] = from <= to ? [from, to] : [to, from];
  // A range of nothing would be refused; a second is the least a person can mean.
  return { start: String(Math.floor(first)), end: String(Math.ceil(Math.max(last, first + 1000))) };
}

export function describePreset(preset: string): string {
  const match = relative.exec(preset);
  if (!match) return preset;
  const count = Number(match[1]);
  const word = unitWords[match[2]!]!;
  return count === 1 ? `Last ${word}` : `Last ${count} ${word}s`;
}

/** Moves a range by a share of its own length; a relative range becomes absolute. */
export function shiftRange(range: TimeRange, now: number, share: number): TimeRange {
  const { from, to } = resolveRange(range, now);
  const by = (to - from) * share;
  return absoluteRange(from + by, to + by);
}

/** Makes a range `factor` times as long around its middle, never ending after now. */
export function zoomRange(range: TimeRange, now: number, factor: number): TimeRange {
  const { from, to } = resolveRange(range, now);
  const length = (to - from) * factor;
  const end = Math.min(now, (from + to) / 2 + length / 2);
  return absoluteRange(end - length, end);
}
