/** Numbers, durations, sizes and times as people read them. Everything here is pure; times take the zone they are shown in. */

export type TimeZone = 'local' | 'utc';

const nothing = '–';

const durationUnits = [
  { nanos: 86_400e9, unit: 'd' },
  { nanos: 3_600e9, unit: 'h' },
  { nanos: 60e9, unit: 'min' },
  { nanos: 1e9, unit: 's' },
  { nanos: 1e6, unit: 'ms' },
  { nanos: 1e3, unit: 'µs' },
] as const;

/** Three significant digits and the largest unit that keeps the number at or above one: `1.24 s`, `312 µs`, `0 ns`. */
export function formatDuration(nanos: number | null | undefined): string {
  if (nanos == null || !Number.isFinite(nanos)) return nothing;
  const size = Math.abs(nanos);
  for (const { nanos: one, unit } of durationUnits) {
    // What would round up to the next unit is shown in that unit: 999.7 µs is 1 ms.
    if (size >= one * 0.9995) return `${significant(nanos / one)}\u202f${unit}`;
  }
  return `${Math.round(nanos)}\u202fns`;
}

/** `1,234`, then `12.3k`, `4.56M`: short enough for a narrow column. */
export function formatCount(count: number | null | undefined): string {
  if (count == null || !Number.isFinite(count)) return nothing;
  const size = Math.abs(count);
  if (size < 10_000) return size < 100 && !Number.isInteger(count) ? significant(count) : formatInteger(count);
  const scale = size >= 999.5e9 ? 1e12 : size >= 999.5e6 ? 1e9 : size >= 999.5e3 ? 1e6 : 1e3;
  const letter = { 1e3: 'k', 1e6: 'M', 1e9: 'G', 1e12: 'T' }[scale];
  return `${significant(count / scale)}${letter}`;
}

/** Every digit, in groups of three. */
export function formatInteger(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Per second. */
export function formatRate(perSecond: number | null | undefined): string {
  if (perSecond == null || !Number.isFinite(perSecond)) return nothing;
  if (perSecond !== 0 && Math.abs(perSecond) < 0.01) return '<\u200a0.01/s';
  return `${formatCount(perSecond)}/s`;
}

/** A share of one: `0`, `0.04 %`, `12.3 %`. */
export function formatShare(share: number | null | undefined): string {
  if (share == null || !Number.isFinite(share)) return nothing;
  const percent = share * 100;
  if (percent === 0) return '0\u202f%';
  if (percent < 0.01) return '<\u200a0.01\u202f%';
  return `${significant(percent)}\u202f%`;
}

/** Powers of 1024. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes == null || !Number.isFinite(bytes)) return nothing;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let size = bytes;
  let unit = 0;
  while (Math.abs(size) >= 1023.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(size) : significant(size)}\u202f${units[unit]}`;
}

function significant(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2;
  const text = value.toFixed(digits);
  return digits === 0 ? Number(text).toLocaleString('en-US') : text.replace(/\.?0+$/, '');
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: TimeZone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone === 'utc' ? 'UTC' : undefined });
    formatters.set(key, found);
  }
  return found;
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const day: Intl.DateTimeFormatOptions = { day: '2-digit', month: 'short' };

/** `14:03:12.345`. */
export function formatClock(unixMillis: number, zone: TimeZone, fractionDigits: 0 | 3 = 3): string {
  return formatter(zone, fractionDigits ? { ...clock, fractionalSecondDigits: 3 } : clock).format(unixMillis);
}

/** `12 Mar 14:03:12`. */
export function formatDateTime(unixMillis: number, zone: TimeZone, fractionDigits: 0 | 3 = 0): string {
  return `${formatter(zone, day).format(unixMillis)} ${formatClock(unixMillis, zone, fractionDigits)}`;
}

/** The whole instant, nanoseconds and zone included, for tooltips and for copying. */
export function formatInstant(unixNano: string, zone: TimeZone): string {
  const millis = nanosToMillis(unixNano);
  const date = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(millis).split('/').reverse().join('-');
  const fraction = unixNano.padStart(10, '0').slice(-9);
  const offset = zone === 'utc' ? 'UTC' : (formatter(zone, { timeZoneName: 'shortOffset' }).formatToParts(millis).find((part) => part.type === 'timeZoneName')?.value ?? '');
  return `${date} ${formatClock(millis, zone, 0)}.${fraction} ${offset}`;
}

/** `now`, `8 s ago`, `3 min ago`, `2 d ago`. */
export function formatAgo(unixMillis: number, nowMillis: number): string {
  const seconds = Math.max(0, (nowMillis - unixMillis) / 1000);
  if (seconds < 1.5) return 'just now';
  if (seconds < 90) return `${Math.round(seconds)}\u202fs ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)}\u202fmin ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)}\u202fh ago`;
  return `${Math.round(seconds / 86_400)}\u202fd ago`;
}

/** Nanosecond texts do not fit a number; milliseconds with a fraction do, to the microsecond. */
export function nanosToMillis(unixNano: string): number {
  if (unixNano.length <= 6) return Number(unixNano) / 1e6;
  return Number(unixNano.slice(0, -6)) + Number(unixNano.slice(-6)) / 1e6;
}

/** The difference of two instants, exact. */
export function nanosBetween(fromUnixNano: string, toUnixNano: string): number {
  return Number(BigInt(toUnixNano) - BigInt(fromUnixNano));
}
