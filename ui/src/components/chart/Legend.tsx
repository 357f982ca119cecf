import type { MouseEvent } from 'react';
import styles from './Legend.module.css';
import { type ChartSeries, summarize } from './series';

interface LegendProps {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  withValues: boolean;
  format: (value: number) => string;
  onToggle: (id: string, alone: boolean) => void;
}

/** A click shows one series alone, a click with Ctrl or Shift hides it. */
export function Legend({ series, hidden, withValues, format, onToggle }: LegendProps) {
  const toggle = (id: string) => (event: MouseEvent) => onToggle(id, !(event.ctrlKey || event.metaKey || event.shiftKey));
  const button = (one: ChartSeries) => (
    <button type="button" className={styles.name} aria-pressed={!hidden.has(one.id)} onClick={toggle(one.id)} title={one.label}>
      <span className={styles.swatch} style={{ background: one.color }} aria-hidden />
      <span className={styles.text}>{one.label}</span>
    </button>
  );
  if (!withValues)
    return (
      <ul className={styles.names}>
        {series.map((one) => (
          <li key={one.id} className={styles.entry}>
            {button(one)}
          </li>
        ))}
      </ul>
    );
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Series</th>
            {['Min', 'Mean', 'Max', 'Last'].map((head) => (
              <th key={head} scope="col" className={styles.number}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map((one) => {
            const summary = summarize(one.points);
            return (
              <tr key={one.id}>
                <td>{button(one)}</td>
                {(['min', 'mean', 'max', 'last'] as const).map((figure) => (
                  <td key={figure} className={styles.number}>
                    {summary ? format(summary[figure]) : '–'}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
