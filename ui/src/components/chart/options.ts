import uPlot from 'uplot';
import { resolveColor } from '@/lib/color';
import { formatClock, formatDateTime, type TimeZone } from '@/lib/format';
import { type ChartDot, drawDots, nearestDot } from './dots';
import type { ChartSeries } from './series';

/** Everything a drawing depends on. */
export interface Drawing {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  range?: { from: number; to: number };
  format: (value: number) => string;
  width: number;
  height: number;
  stacked: boolean;
  scale: 'linear' | 'log';
  ticks: 'decimal' | 'binary';
  timeZone: TimeZone;
  sync?: string;
  marks: readonly { time: number; label: string; color?: string }[];
  dots: readonly ChartDot[];
  onDot?: (dot: ChartDot) => void;
  onBrush?: (from: number, to: number) => void;
  onClick?: (unixMillis: number, seriesIndex: number | null) => void;
  onHover: (hover: { left: number; side: 'left' | 'right'; index: number } | undefined) => void;
}

const axisFont = '11px "Inter Variable", system-ui, sans-serif';
const powersOfTwo = Array.from({ length: 80 }, (_, index) => 2 ** (index - 20));
const brushPixelsMin = 4;
const clickPixelsMax = 3;

export function chartOptions(drawing: Drawing): uPlot.Options {
  const grid = { stroke: resolveColor('var(--chart-grid)'), width: 1 };
  const axis = { stroke: resolveColor('var(--chart-axis)'), font: axisFont, grid, ticks: { show: false } };
  const span = drawing.range ? drawing.range.to - drawing.range.from : 0;
  return {
    width: drawing.width,
    height: drawing.height,
    legend: { show: false },
    padding: [8, 18, 0, 0],
    cursor: {
      drag: { x: drawing.onBrush !== undefined, y: false, setScale: false },
      points: { size: 6 },
      y: false,
      ...(drawing.sync && { sync: { key: drawing.sync } }),
    },
    select: { show: drawing.onBrush !== undefined, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true, ...(drawing.range && { range: [drawing.range.from / 1000, drawing.range.to / 1000] }) },
      y: { range: (_plot, min, max) => valueRange(drawing, min, max), distr: drawing.scale === 'log' ? 3 : 1 },
    },
    axes: [
      { ...axis, size: 26, space: 70, values: (_plot, times) => times.map((time) => timeLabel(time * 1000, span, drawing.timeZone)) },
      {
        ...axis,
        size: (_plot, values) => 14 + Math.max(22, ...(values ?? []).map((value) => (value?.length ?? 0) * 6.6)),
        space: 28,
        ...(drawing.ticks === 'binary' && drawing.scale === 'linear' && { incrs: powersOfTwo }),
        values: (_plot, values) => values.map((value) => (value == null ? '' : drawing.format(value))),
      },
    ],
    series: [{}, ...drawing.series.map((one) => seriesOptions(one, drawing))],
    // A stack is drawn from its top down, each part down to the one below it.
    bands: drawing.stacked ? bandsOf(drawing) : [],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < brushPixelsMin) return;
          drawing.onBrush?.(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [
        (plot) => {
          const { left, idx } = plot.cursor;
          // Charts in step show their cursors together, but only the one under the pointer tells its values.
          if (left == null || left < 0 || idx == null || !plot.over.matches(':hover')) return drawing.onHover(undefined);
          drawing.onHover({ left: left + plot.over.offsetLeft, side: left > plot.over.clientWidth / 2 ? 'left' : 'right', index: idx });
        },
      ],
      drawClear: [(plot) => drawMarks(plot, drawing)],
      draw: [(plot) => drawDots(plot, drawing.dots)],
      ready: [(plot) => listenForClicks(plot, drawing)],
    },
  };
}

function seriesOptions(one: ChartSeries, drawing: Drawing): uPlot.Series {
  const color = resolveColor(one.color);
  const kind = one.kind ?? 'line';
  const fill = kind === 'line' ? (drawing.stacked ? transparent(color, 0.55) : undefined) : transparent(color, kind === 'bars' ? 0.85 : 0.14);
  return {
    label: one.label,
    show: !drawing.hidden.has(one.id),
    stroke: kind === 'bars' ? undefined : color,
    width: kind === 'bars' ? 0 : 1.5,
    fill,
    dash: one.dashed ? [4, 4] : undefined,
    // A value alone between gaps would not be seen without a point.
    points: { show: kind !== 'bars' && one.points.length < 3, size: 5, fill: color },
    paths: kind === 'bars' ? uPlot.paths.bars?.({ size: [0.92, 64], align: 1 }) : undefined,
    spanGaps: false,
  };
}

/** `rgb(1 2 3)` with an alpha. */
function transparent(color: string, alpha: number): string {
  return `color-mix(in srgb, ${color} ${alpha * 100}%, transparent)`;
}

function bandsOf(drawing: Drawing): uPlot.Band[] {
  const shown = drawing.series.map((one, index) => ({ one, index: index + 1 })).filter(({ one }) => !drawing.hidden.has(one.id));
  return shown.slice(1).map(({ index }, place) => ({ series: [index, shown[place]!.index] }));
}

function valueRange(drawing: Drawing, min: number | null, max: number | null): [number, number] {
  if (min == null || max == null) return drawing.scale === 'log' ? [0.1, 1] : [0, 1];
  if (drawing.scale === 'log') return [Math.max(min > 0 ? min : max / 1e4, 1e-9), Math.max(max, 1e-6) * 1.2];
  // Quantities start at nothing, or a small change would look large.
  const low = min < 0 ? min * 1.08 : 0;
  return [low, max <= low ? low + 1 : max + (max - low) * 0.08];
}

function timeLabel(millis: number, span: number, zone: TimeZone): string {
  const clock = formatClock(millis, zone, 0);
  if (span > 36 * 3_600_000) {
    const [day, month] = formatDateTime(millis, zone).split(' ');
    return clock.startsWith('00:00') ? `${day} ${month}` : `${day} ${month} ${clock.slice(0, 5)}`;
  }
  return span > 0 && span <= 5 * 60_000 ? clock : clock.slice(0, 5);
}

function drawMarks(plot: uPlot, drawing: Drawing) {
  const { ctx, bbox } = plot;
  for (const mark of drawing.marks) {
    const x = plot.valToPos(mark.time / 1000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.save();
    ctx.strokeStyle = resolveColor(mark.color ?? 'var(--text-faint)');
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}

/** A press that does not move is a click; one that does is a brush. */
function listenForClicks(plot: uPlot, drawing: Drawing) {
  if (!drawing.onClick && !drawing.onDot) return;
  let pressed = -1;
  plot.over.addEventListener('pointermove', (event) => {
    const isOnDot = drawing.onDot && nearestDot(plot, drawing.dots, event.offsetX, event.offsetY) !== undefined;
    plot.over.style.cursor = isOnDot ? 'pointer' : '';
  });
  plot.over.addEventListener('pointerdown', (event) => (pressed = event.clientX));
  plot.over.addEventListener('pointerup', (event) => {
    const { idx, left } = plot.cursor;
    if (pressed < 0 || Math.abs(event.clientX - pressed) > clickPixelsMax || idx == null || left == null) return;
    const dot = nearestDot(plot, drawing.dots, event.offsetX, event.offsetY);
    if (dot && drawing.onDot) return drawing.onDot(dot);
    drawing.onClick?.(plot.data[0][idx]! * 1000, nearestSeries(plot, idx, event.offsetY));
  });
}

function nearestSeries(plot: uPlot, index: number, y: number): number | null {
  let [nearest, distance] = [null as number | null, Infinity];
  for (let i = 1; i < plot.series.length; i++) {
    const value = plot.data[i]?.[index];
    if (value == null || !plot.series[i]!.show) continue;
    const away = Math.abs(plot.valToPos(value, 'y') - y);
    if (away < distance) [nearest, distance] = [i - 1, away];
  }
  return nearest;
}
