import type uPlot from 'uplot';
import { resolveColor } from '@/lib/color';

/** A single measurement over the series of a chart. */
export interface ChartDot {
  id: string;
  /** Unix milliseconds. */
  time: number;
  value: number;
  color?: string;
}

const radiusPixels = 4;
const reachPixels = 9;

/** Diamonds, so that they are not taken for points of a line. */
export function drawDots(plot: uPlot, dots: readonly ChartDot[]) {
  if (dots.length === 0) return;
  const { ctx, bbox } = plot;
  const radius = radiusPixels * devicePixelRatio;
  const edge = resolveColor('var(--surface)');
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const dot of dots) {
    const x = plot.valToPos(dot.time / 1000, 'x', true);
    const y = plot.valToPos(dot.value, 'y', true);
    ctx.beginPath();
    ctx.moveTo(x, y - radius);
    ctx.lineTo(x + radius, y);
    ctx.lineTo(x, y + radius);
    ctx.lineTo(x - radius, y);
    ctx.closePath();
    ctx.fillStyle = resolveColor(dot.color ?? 'var(--accent)');
    ctx.strokeStyle = edge;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** The dot under the pointer, whose position is in pixels of the plot. */
export function nearestDot(plot: uPlot, dots: readonly ChartDot[], x: number, y: number): ChartDot | undefined {
  let nearest: ChartDot | undefined;
  let distance = reachPixels;
  for (const dot of dots) {
    const away = Math.hypot(plot.valToPos(dot.time / 1000, 'x') - x, plot.valToPos(dot.value, 'y') - y);
    if (away < distance) [nearest, distance] = [dot, away];
  }
  return nearest;
}
