import 'uplot/dist/uPlot.min.css';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { formatDateTime } from '@/lib/format';
import { usePreferences, useShownTheme } from '@/lib/preferences';
import styles from './Chart.module.css';
import type { ChartDot } from './dots';
import { Legend } from './Legend';
import { chartOptions, type Drawing } from './options';
import { align, type ChartSeries, stack } from './series';

export interface ChartProps {
  /** What it shows: the accessible name. */
  label: string;
  series: readonly ChartSeries[];
  /** The whole axis, unix milliseconds; without it, as far as there are points. */
  range?: { from: number; to: number };
  /** Values as text: on the axis, in the tooltip, in the legend. */
  format: (value: number) => string;
  height?: number;
  stacked?: boolean;
  scale?: 'linear' | 'log';
  /** Where the axis is divided: amounts of data at powers of two. */
  ticks?: 'decimal' | 'binary';
  /** A dragged range, unix milliseconds; usually becomes the page's time range. */
  onBrush?: (from: number, to: number) => void;
  onPointClick?: (unixMillis: number, seriesId: string | undefined) => void;
  legend?: 'none' | 'names' | 'values';
  /** Charts of the same name show their cursors together. */
  sync?: string;
  /** Instants worth a line: deployments, exemplars. */
  marks?: readonly { time: number; label: string; color?: string }[];
  /** Single measurements, such as exemplars, that are drawn over the series and can be clicked. */
  dots?: readonly ChartDot[];
  onDotClick?: (dot: ChartDot) => void;
}

interface Hover {
  left: number;
  side: 'left' | 'right';
  index: number;
}

/** Series over time: a brush to zoom, a tooltip with every value, a legend that hides and isolates. */
export function Chart(props: ChartProps) {
  const { label, series, range, format, height = 160, stacked = false, scale = 'linear', ticks = 'decimal', onBrush, onPointClick, legend = 'none', sync, marks, dots, onDotClick } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hover, setHover] = useState<Hover>();
  const { timeZone } = usePreferences();
  const theme = useShownTheme();

  const columns = useMemo(() => align(series), [series]);
  const drawn = useMemo(() => (stacked ? stack(columns, (index) => !hidden.has(series[index]!.id)) : columns), [columns, stacked, hidden, series]);
  const tellBrush = useEffectEvent((from: number, to: number) => onBrush?.(from, to));
  const tellClick = useEffectEvent((time: number, index: number | null) => onPointClick?.(time, index === null ? undefined : series[index]?.id));
  const tellDot = useEffectEvent((dot: ChartDot) => onDotClick?.(dot));
  const canOpenDots = onDotClick !== undefined;
  const canBrush = onBrush !== undefined;
  const canClick = onPointClick !== undefined;

  useEffect(() => {
    const element = host.current!;
    const drawing: Drawing = {
      series,
      hidden,
      range,
      format,
      height,
      width: element.clientWidth,
      stacked,
      scale,
      ticks,
      timeZone,
      sync,
      marks: marks ?? [],
      dots: dots ?? [],
      onDot: canOpenDots ? (dot) => tellDot(dot) : undefined,
      onBrush: canBrush ? (from, to) => tellBrush(from, to) : undefined,
      onClick: canClick ? (time, index) => tellClick(time, index) : undefined,
      onHover: setHover,
    };
    const created = new uPlot(chartOptions(drawing), drawn, element);
    plot.current = created;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) created.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
      setHover(undefined);
    };
  }, [series, drawn, hidden, range, format, height, stacked, scale, ticks, timeZone, theme, sync, marks, dots, canBrush, canClick, canOpenDots]);

  const toggle = (id: string, alone: boolean) => {
    setHidden((previous) => {
      if (alone) {
        const others = series.filter((one) => one.id !== id).map((one) => one.id);
        // Isolating what already stands alone brings the others back.
        return others.every((other) => previous.has(other)) ? new Set() : new Set(others);
      }
      const next = new Set(previous);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  };
  const time = hover && columns[0][hover.index];
  return (
    <figure className={styles.figure}>
      <div ref={host} className={styles.host} style={{ height }} role="img" aria-label={describe(label, series, format)}>
        {hover && time !== undefined && (
          <div className={styles.tip} data-side={hover.side} style={{ left: hover.left }}>
            <div className={styles.time}>{formatDateTime(time * 1000, timeZone)}</div>
            {shownAt(series, hidden, columns, hover.index).map(({ one, value }) => (
              <div key={one.id} className={styles.line}>
                <span className={styles.swatch} style={{ background: one.color }} />
                <span className={styles.name}>{one.label}</span>
                <span className={styles.value}>{format(value)}</span>
              </div>
            ))}
          </div>
        )}
      </div>
      {legend !== 'none' && <Legend series={series} hidden={hidden} withValues={legend === 'values'} format={format} onToggle={toggle} />}
    </figure>
  );
}

const tipLinesMax = 12;

/** The largest values at one instant: more than a dozen lines nobody reads. */
function shownAt(series: readonly ChartSeries[], hidden: ReadonlySet<string>, columns: ReturnType<typeof align>, index: number) {
  return series
    .map((one, place) => ({ one, value: columns[place + 1]?.[index] }))
    .filter((entry): entry is { one: ChartSeries; value: number } => entry.value != null && !hidden.has(entry.one.id))
    .sort((a, b) => b.value - a.value)
    .slice(0, tipLinesMax);
}

/** What a picture says to those who do not see it. */
function describe(label: string, series: readonly ChartSeries[], format: (value: number) => string): string {
  const parts = series.slice(0, 6).map((one) => {
    let max = -Infinity;
    for (const [, value] of one.points) if (value !== null && value > max) max = value;
    return max === -Infinity ? `${one.label}: nothing` : `${one.label}: at most ${format(max)}`;
  });
  return parts.length ? `${label}. ${parts.join('; ')}` : `${label}. Nothing.`;
}
