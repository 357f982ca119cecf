/** A point of a chart: unix milliseconds and a value, or a gap. */
export type ChartPoint = readonly [number, number | null];

/** The API's points as the chart takes them; the document cannot say that each has exactly a time and a value. */
export function chartPoints(points: readonly (readonly (number | null)[])[] | undefined): ChartPoint[] {
  return (points ?? []).map(([time, value]) => [time ?? 0, value ?? null]);
}

export interface ChartSeries {
  /** Unique within the chart. */
  id: string;
  label: string;
  /** A colour of `lib/color` or of the style sheet. */
  color: string;
  points: readonly ChartPoint[];
  kind?: 'line' | 'area' | 'bars';
  /** Drawn with dashes: a comparison, a threshold. */
  dashed?: boolean;
}

export type Columns = [number[], ...(number | null)[][]];

/** Joins the series on one time axis, in seconds as uPlot has it. What a series does not say is a gap. */
export function align(series: readonly ChartSeries[]): Columns {
  const times = [...new Set(series.flatMap((one) => one.points.map(([time]) => time)))].sort((a, b) => a - b);
  const place = new Map(times.map((time, index) => [time, index]));
  const columns = series.map((one) => {
    const column = new Array<number | null>(times.length).fill(null);
    for (const [time, value] of one.points) column[place.get(time)!] = value;
    return column;
  });
  return [times.map((time) => time / 1000), ...columns];
}

/** Adds each column to those before it; a gap counts as nothing. Hidden columns take no part. */
export function stack(columns: Columns, isShown: (index: number) => boolean): Columns {
  const [times, ...values] = columns;
  const sum = new Array<number>(times.length).fill(0);
  return [
    times,
    ...values.map((column, index) => {
      if (!isShown(index)) return column;
      return column.map((value, place) => (sum[place] = sum[place]! + (value ?? 0)));
    }),
  ];
}

/** The middle, ends and last value of a series, for its legend. */
export function summarize(points: readonly ChartPoint[]): { min: number; max: number; mean: number; last: number } | undefined {
  const values = points.map(([, value]) => value).filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return undefined;
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { min, max, mean: sum / values.length, last: values.at(-1)! };
}
