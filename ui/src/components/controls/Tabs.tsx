import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface Tab<T extends string> {
  id: T;
  label: ReactNode;
  /** Shown beside the label. */
  count?: number | string;
}

export interface TabsProps<T extends string> {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChange: (value: T) => void;
  /** What stands at the right end of the bar. */
  end?: ReactNode;
  /** The content of the chosen tab. */
  children: ReactNode;
}

export function Tabs<T extends string>({ label, tabs, value, onChange, end, children }: TabsProps<T>) {
  return (
    <Base.Root className={styles.root} value={value} onValueChange={(next) => onChange(next as T)}>
      <div className={styles.bar}>
        <Base.List className={styles.list} aria-label={label}>
          {tabs.map((tab) => (
            <Base.Tab key={tab.id} value={tab.id} className={styles.tab}>
              {tab.label}
              {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {end}
      </div>
      <Base.Panel value={value} className={styles.panel} key={value}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
