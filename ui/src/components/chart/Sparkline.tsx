import type { ChartPoint } from './series';

export interface SparklineProps {
  /** What it shows: the accessible name. */
  label: string;
  points: readonly ChartPoint[];
  range?: { from: number; to: number };
  color?: string;
  width?: number;
  height?: number;
  /** The value at the top; the largest there is unless given. */
  max?: number;
}

/** A series in a table's cell. */
export function Sparkline({ label, points, range, color = 'var(--accent)', width = 120, height = 24, max }: SparklineProps) {
  const from = range?.from ?? points[0]?.[0] ?? 0;
  const to = range?.to ?? points.at(-1)?.[0] ?? 1;
  let top = max ?? 0;
  if (max === undefined) for (const [, value] of points) top = Math.max(top, value ?? 0);
  const x = (time: number) => (((time - from) / Math.max(1, to - from)) * width).toFixed(1);
  const y = (value: number) => (height - 1 - (top > 0 ? value / top : 0) * (height - 3)).toFixed(1);
  const runs: string[] = [];
  let run = '';
  for (const [time, value] of points) {
    if (value === null) {
      if (run) runs.push(run);
      run = '';
    } else run += `${run ? 'L' : 'M'}${x(time)} ${y(value)}`;
  }
  if (run) runs.push(run);
  return (
    <svg width={width} height={height} role="img" aria-label={label} overflow="visible">
      <path d={runs.join('')} fill="none" stroke={color} strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  );
}
