/** A part of a trace, nanoseconds after its start. */
export interface TimeView {
  from: number;
  to: number;
}

/** Round steps: 1, 2 or 5 times a power of ten, so that at most `count` fit. */
export function ticks(view: TimeView, count: number): number[] {
  const length = view.to - view.from;
  if (!(length > 0) || count < 1) return [];
  const rough = length / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const list: number[] = [];
  for (let tick = Math.ceil(view.from / step) * step; tick <= view.to && list.length <= count * 2; tick += step) list.push(tick);
  return list;
}

/** Where a span lies in the view: shares of its width, cut to it. Null for one outside. */
export function place(view: TimeView, offset: number, duration: number): { left: number; width: number; isCutLeft: boolean; isCutRight: boolean } | null {
  const length = view.to - view.from;
  const end = offset + duration;
  if (length <= 0 || end < view.from || offset > view.to) return null;
  const left = Math.max(0, (offset - view.from) / length);
  const right = Math.min(1, (end - view.from) / length);
  return { left, width: Math.max(0, right - left), isCutLeft: offset < view.from, isCutRight: end > view.to };
}

/** A view of at least a nanosecond-thousandth of the trace, within it. */
export function clampView(view: TimeView, duration: number): TimeView {
  const whole = Math.max(1, duration);
  const length = Math.min(whole, Math.max(view.to - view.from, whole / 1e6, 10));
  const from = Math.max(0, Math.min(view.from, whole - length));
  return { from, to: from + length };
}

const widePixels = 12;
const wideLevels = 14;
const narrowPixels = 2;
const narrowLevels = 40;

/** Deep trees are pressed together: a thousand levels still leave room for the name. */
export function indentation(depth: number): number {
  return Math.min(depth, wideLevels) * widePixels + Math.min(Math.max(0, depth - wideLevels), narrowLevels) * narrowPixels;
}
