import type { Schema } from '@/api/client';
import type { ChartPoint } from './series';

type RedPoint = Schema<'RedSeries'>['points'][number];

/** A step in which nothing happened has no point: a rate is nothing then, a duration is unknown. */
export function redLine(points: readonly RedPoint[], stepNanos: number, range: { from: number; to: number }, value: (point: RedPoint) => number | null, empty: 0 | null): ChartPoint[] {
  const step = stepNanos / 1e6;
  if (step <= 0 || points.length === 0) return [];
  const known = new Map(points.map((point) => [point.timeUnixMillis, point]));
  // Steps lie on multiples of their length; the first point says where.
  const origin = points[0]!.timeUnixMillis;
  const first = origin - Math.floor((origin - range.from) / step) * step;
  const stepsMax = 11_000;
  const line: ChartPoint[] = [];
  for (let time = first; time < range.to && line.length < stepsMax; time += step) {
    // A rate of a step that is not over yet would look like a fall.
    if (empty === 0 && time + step > range.to && line.length > 0) break;
    const point = known.get(time);
    line.push([time, point ? value(point) : empty]);
  }
  return line;
}

/** The figures of a RED point, by the names they have on every page. */
export const redFigures = {
  rate: (stepNanos: number) => (point: RedPoint) => point.spanCount / (stepNanos / 1e9),
  errors: (stepNanos: number) => (point: RedPoint) => point.errorCount / (stepNanos / 1e9),
  errorShare: (point: RedPoint) => (point.spanCount > 0 ? point.errorCount / point.spanCount : null),
  p50: (point: RedPoint) => point.durationP50Nanos,
  p95: (point: RedPoint) => point.durationP95Nanos,
  p99: (point: RedPoint) => point.durationP99Nanos,
};
