/** Colours that mean something, the same on every page. */

const serviceColorCount = 24;
const hueCount = 12;

/** A colour for a service, a series, a thing with a name: the same name always has the same one, in both themes. */
export function serviceColor(name: string): string {
  return paletteColor(hash(name) % serviceColorCount);
}

/** The n-th of a list: neighbours differ much. */
export function seriesColor(index: number): string {
  // Steps of five twelfths of the circle reach every hue before one comes twice.
  const slot = (index * 5) % hueCount;
  return paletteColor((Math.floor(index / hueCount) % 2) * hueCount + slot);
}

/** At least 3:1 against the surface of either theme: lightness is fixed per theme, only the hue varies. */
function paletteColor(slot: number): string {
  const hue = ((slot % hueCount) * 360) / hueCount + 15;
  const second = slot >= hueCount;
  const light = second ? `oklch(0.47 0.085 ${hue + 15})` : `oklch(0.6 0.118 ${hue})`;
  const dark = second ? `oklch(0.83 0.065 ${hue + 15})` : `oklch(0.7 0.112 ${hue})`;
  return `light-dark(${light}, ${dark})`;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // Its low bits alone repeat for names that end alike.
  return (value ^ (value >>> 15)) >>> 0;
}

export const severities = ['unset', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Severity = (typeof severities)[number];

/** The severity of a number of the log data model (1–24; 0 is unset). */
export function severityOf(severityNumber: number): Severity {
  if (severityNumber <= 0) return 'unset';
  return severities[Math.min(6, Math.floor((severityNumber - 1) / 4) + 1)]!;
}

export function severityColor(severity: Severity): string {
  return `var(--severity-${severity})`;
}

let probe: HTMLElement | undefined;

/** What a colour of the style sheet is just now, for a canvas, which knows neither variables nor themes. */
export function resolveColor(color: string): string {
  if (!probe) {
    probe = document.createElement('span');
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = '';
  probe.style.color = color;
  return getComputedStyle(probe).color;
}
