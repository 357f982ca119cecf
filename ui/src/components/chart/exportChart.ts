import { resolveColor } from '@/lib/color';
import { align, type ChartSeries } from './series';

/** The series as a table: a time per row, a series per column. */
export function seriesCsv(series: readonly ChartSeries[]): string {
  const [times, ...values] = align(series);
  const rows = [['time', ...series.map((one) => one.label)].map(cell).join(',')];
  times.forEach((time, place) => rows.push([new Date(time * 1000).toISOString(), ...values.map((column) => column[place] ?? '')].join(',')));
  return `${rows.join('\r\n')}\r\n`;
}

/** A name is a sender's: what a spreadsheet would take for a formula begins with an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const margin = 16;
const titleHeight = 34;
const lineHeight = 20;
const legendMax = 24;

/** The drawn charts of a figure as one picture, with a title and names of its series, in the theme that is shown. */
export function chartPng(source: HTMLCanvasElement, title: string, series: readonly ChartSeries[]): Promise<Blob | null> {
  const scale = devicePixelRatio;
  const named = series.slice(0, legendMax);
  const canvas = document.createElement('canvas');
  canvas.width = source.width + 2 * margin * scale;
  canvas.height = source.height + (2 * margin + titleHeight + named.length * lineHeight) * scale;
  const context = canvas.getContext('2d')!;
  context.fillStyle = resolveColor('var(--surface)');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, margin * scale, (margin + titleHeight) * scale);
  context.scale(scale, scale);
  const font = '"Inter Variable", system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.fillStyle = resolveColor('var(--text)');
  context.font = `600 14px ${font}`;
  context.fillText(title, margin, margin + titleHeight / 2 - 4, canvas.width / scale - 2 * margin);
  context.font = `12px ${font}`;
  const top = margin + titleHeight + source.height / scale;
  named.forEach((one, index) => {
    const y = top + (index + 0.5) * lineHeight;
    context.fillStyle = resolveColor(one.color);
    context.fillRect(margin, y - 4, 8, 8);
    context.fillStyle = resolveColor('var(--text-muted)');
    context.fillText(one.label, margin + 14, y, canvas.width / scale - 2 * margin - 14);
  });
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
