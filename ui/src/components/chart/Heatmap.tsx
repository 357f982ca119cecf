import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Schema } from '@/api/client';
import { resolveColor } from '@/lib/color';
import { formatClock, formatDateTime, formatDuration, formatInteger } from '@/lib/format';
import { usePreferences, useShownTheme } from '@/lib/preferences';
import styles from './Heatmap.module.css';

/** A rectangle drawn by a person: unix milliseconds and nanoseconds. */
export interface HeatmapArea {
  from: number;
  to: number;
  durationFrom: number;
  durationTo: number;
}

export interface HeatmapProps {
  /** What it shows: the accessible name. */
  label: string;
  data: Pick<Schema<'Heatmap'>, 'stepNanos' | 'buckets' | 'cells'>;
  /** The whole axis, unix milliseconds. */
  range: { from: number; to: number };
  height?: number;
  onBrush?: (area: HeatmapArea) => void;
}

/** Its beginning in unix milliseconds, its bucket, its spans, those failing. */
type Cell = readonly [number, number, number, number];

const left = 58;
const bottom = 20;
const rowsLabelled = 5;
const columnsLabelled = 6;
const dragPixelsMin = 4;

/** How many spans took how long, and when: darker is more, red is failing. A drawn rectangle selects times and durations. */
export function Heatmap({ label, data, range, height = 160, onBrush }: HeatmapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [drag, setDrag] = useState<{ x0: number; y0: number; x1: number; y1: number }>();
  const [hover, setHover] = useState<{ cell: Cell; x: number; y: number }>();
  const theme = useShownTheme();
  const { timeZone } = usePreferences();
  const { buckets, stepNanos } = data;
  const cells = useMemo(() => data.cells.map((cell): Cell => [cell[0] ?? 0, cell[1] ?? 0, cell[2] ?? 0, cell[3] ?? 0]), [data.cells]);
  const step = stepNanos / 1e6;
  const rows = Math.max(1, buckets.length);
  const cellAt = useMemo(() => new Map(cells.map((cell) => [`${cell[0]} ${cell[1]}`, cell])), [cells]);

  useEffect(() => {
    const element = canvas.current!;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current!;
    const context = element.getContext('2d');
    if (!context || width === 0) return;
    element.width = width * devicePixelRatio;
    element.height = height * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const plot = { width: width - left, height: height - bottom };
    const [calm, failing, text] = [resolveColor('var(--accent)'), resolveColor('var(--error-fill)'), resolveColor('var(--chart-axis)')];
    const most = cells.reduce((max, cell) => Math.max(max, cell[2]), 1);
    for (const [time, bucket, count, errors] of cells) {
      const x = left + ((time - range.from) / (range.to - range.from)) * plot.width;
      const w = Math.max(1, (step / (range.to - range.from)) * plot.width - 0.5);
      const h = plot.height / rows;
      // Counts differ by powers: a square root would still lose the few slow ones, which are what is looked for.
      context.globalAlpha = 0.14 + 0.86 * (Math.log1p(count) / Math.log1p(most));
      context.fillStyle = errors * 2 > count ? failing : calm;
      context.fillRect(Math.max(left, x), plot.height - (bucket + 1) * h, w, Math.max(1, h - 0.5));
      if (errors > 0 && errors * 2 <= count) {
        context.fillStyle = failing;
        context.fillRect(Math.max(left, x), plot.height - (bucket + 1) * h, Math.max(1, w * (errors / count)), Math.max(1, h - 0.5));
      }
    }
    context.globalAlpha = 1;
    context.fillStyle = text;
    context.font = '11px "Inter Variable", system-ui, sans-serif';
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    const every = Math.max(1, Math.ceil(rows / rowsLabelled));
    for (let row = 0; row < buckets.length; row += every) context.fillText(formatDuration(buckets[row]!.fromNanos), left - 6, plot.height - (row / rows) * plot.height - 4);
    context.textAlign = 'center';
    for (let column = 1; column < columnsLabelled; column++) {
      const time = range.from + ((range.to - range.from) * column) / columnsLabelled;
      context.fillText(formatClock(time, timeZone, 0).slice(0, 5), left + (plot.width * column) / columnsLabelled, height - 8);
    }
  }, [cells, buckets, rows, step, width, height, range, theme, timeZone]);

  const place = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    return { x: Math.min(width, Math.max(left, event.clientX - box.left)), y: Math.min(height - bottom, Math.max(0, event.clientY - box.top)) };
  };
  const timeAt = (x: number) => range.from + ((x - left) / Math.max(1, width - left)) * (range.to - range.from);
  const rowAt = (y: number) => Math.min(rows - 1, Math.max(0, Math.floor((1 - y / (height - bottom)) * rows)));
  const onPointerUp = () => {
    if (drag && Math.abs(drag.x1 - drag.x0) >= dragPixelsMin && buckets.length > 0) {
      const [low, high] = [rowAt(Math.max(drag.y0, drag.y1)), rowAt(Math.min(drag.y0, drag.y1))];
      onBrush?.({
        from: timeAt(Math.min(drag.x0, drag.x1)),
        to: timeAt(Math.max(drag.x0, drag.x1)),
        durationFrom: buckets[low]!.fromNanos,
        durationTo: buckets[high]!.toNanos,
      });
    }
    setDrag(undefined);
  };
  const total = cells.reduce((sum, cell) => sum + cell[2], 0);
  return (
    <div className={styles.map} style={{ height }}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        style={{ height }}
        role="img"
        aria-label={`${label}: ${formatInteger(total)} spans`}
        onPointerDown={(event) => {
          if (!onBrush) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const { x, y } = place(event);
          setDrag({ x0: x, y0: y, x1: x, y1: y });
        }}
        onPointerMove={(event) => {
          const { x, y } = place(event);
          if (drag) setDrag({ ...drag, x1: x, y1: y });
          const start = cells[0] ? cells[0][0] + Math.floor((timeAt(x) - cells[0][0]) / step) * step : 0;
          const cell = cellAt.get(`${start} ${rowAt(y)}`);
          setHover(cell && { cell, x, y });
        }}
        onPointerUp={onPointerUp}
        onPointerLeave={() => setHover(undefined)}
      />
      {drag && (
        <span
          className={styles.brush}
          style={{ left: Math.min(drag.x0, drag.x1), top: Math.min(drag.y0, drag.y1), width: Math.abs(drag.x1 - drag.x0), height: Math.abs(drag.y1 - drag.y0) }}
        />
      )}
      {hover && !drag && (
        <div className={styles.tip} style={hover.x > width / 2 ? { right: width - hover.x + 12, top: hover.y } : { left: hover.x + 12, top: hover.y }}>
          <div>{formatDateTime(hover.cell[0], timeZone)}</div>
          <div>
            {formatDuration(buckets[hover.cell[1]]?.fromNanos)} to {formatDuration(buckets[hover.cell[1]]?.toNanos)}
          </div>
          <strong>{formatInteger(hover.cell[2])} spans</strong>
          {hover.cell[3] > 0 && <span className={styles.errors}>, {formatInteger(hover.cell[3])} failing</span>}
        </div>
      )}
    </div>
  );
}
