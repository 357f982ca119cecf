import type { ReactNode } from 'react';
import { formatShare } from '@/lib/format';
import styles from './figures.module.css';
import table from './Table.module.css';
import { errorTone } from './tone';

/** A share of errors, as loud as it deserves. */
export function ErrorShare({ share }: { share: number }) {
  return (
    <span className={table.tone} data-tone={errorTone(share)}>
      {formatShare(share)}
    </span>
  );
}

export interface Figure {
  label: string;
  value: ReactNode;
  /** What it means, where the label cannot say it. */
  title?: string;
}

/** A few numbers in a row, or under each other where there is little room. */
export function Figures({ figures, label }: { figures: readonly Figure[]; label: string }) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {figures.map((figure) => (
        <div key={figure.label} title={figure.title}>
          <dt>{figure.label}</dt>
          <dd>{figure.value}</dd>
        </div>
      ))}
    </dl>
  );
}
