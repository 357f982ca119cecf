import { formatBytes, formatCount, formatDuration, formatShare } from '@/lib/format';
import type { MetricInfo, Reading } from './aggregations';

/** What a value counts: lengths of time, amounts of data, shares, or plain things with a word for them. */
type Quantity = { kind: 'time'; nanos: number } | { kind: 'data'; bytes: number } | { kind: 'share'; one: number } | { kind: 'plain'; word: string };

const times: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9, d: 86_400e9 };
const sizes: Record<string, number> = {
  By: 1, kBy: 1e3, MBy: 1e6, GBy: 1e9, TBy: 1e12, KiBy: 1024, MiBy: 1024 ** 2, GiBy: 1024 ** 3, TiBy: 1024 ** 4, bit: 1 / 8, bytes: 1, byte: 1,
};
const shareName = /(utilization|ratio|share|fraction)$/;

function quantityOf(unit: string, name: string): Quantity {
  if (Object.hasOwn(times, unit)) return { kind: 'time', nanos: times[unit]! };
  if (Object.hasOwn(sizes, unit)) return { kind: 'data', bytes: sizes[unit]! };
  if (unit === '%') return { kind: 'share', one: 100 };
  if (unit === '1' && shareName.test(name)) return { kind: 'share', one: 1 };
  // A word in braces says what is counted.
  const annotation = /^\{(.+)\}$/.exec(unit);
  if (annotation) return { kind: 'plain', word: plural(annotation[1]!) };
  return { kind: 'plain', word: unit === '1' ? '' : unit.replace(/^Cel$/, '°C') };
}

/** Readings that count points or values rather than measure in the metric's unit. */
function isCounting(info: Pick<MetricInfo, 'type'>, reading: Reading): boolean {
  return reading === 'count' || ((reading === 'rate' || reading === 'increase') && info.type !== 'sum');
}

export type ValueFormat = (value: number) => string;

/** Values of a metric, read so, as text. */
export function formatOf(info: Pick<MetricInfo, 'name' | 'type' | 'unit'>, reading: Reading): ValueFormat {
  const suffix = reading === 'rate' || reading === 'deriv' ? '/s' : '';
  if (isCounting(info, reading)) return (value) => plainText(value) + suffix;
  const quantity = quantityOf(info.unit, info.name);
  switch (quantity.kind) {
    case 'time':
      return (value) => formatDuration(value * quantity.nanos) + suffix;
    case 'data':
      return (value) => formatBytes(value * quantity.bytes) + suffix;
    case 'share':
      return (value) => formatShare(value / quantity.one) + suffix;
    case 'plain':
      return (value) => plainText(value) + suffix;
  }
}

/** Whether its values are amounts of data. */
export function isData(info: Pick<MetricInfo, 'name' | 'type' | 'unit'>, reading: Reading): boolean {
  return !isCounting(info, reading) && quantityOf(info.unit, info.name).kind === 'data';
}

/** What the values of a chart are, in words: `tokens per second`, `seconds`. */
export function unitText(info: Pick<MetricInfo, 'name' | 'type' | 'unit'>, reading: Reading): string {
  const quantity = quantityOf(info.unit, info.name);
  const rate = reading === 'rate' || reading === 'deriv' ? ' per second' : '';
  if (isCounting(info, reading)) return `${info.type === 'histogram' || info.type === 'exponentialHistogram' || info.type === 'summary' ? 'measurements' : 'points'}${rate}`;
  const word = { time: 'time', data: 'bytes', share: 'share', plain: quantity.kind === 'plain' ? quantity.word : '' }[quantity.kind];
  return word ? word + rate : rate.trim();
}

function plural(word: string): string {
  return /(s|[^a-z])$/.test(word) ? word : `${word}s`;
}

/** Counts as everywhere; what is smaller than one keeps three digits. */
function plainText(value: number): string {
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return value.toExponential(1);
  return formatCount(value);
}
