import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './SortHead.module.css';

export interface SortHeadProps {
  id: string;
  /** The order in force: an id, with `-` before it for descending. */
  sort: string;
  onSort: (sort: string) => void;
  align?: 'start' | 'end';
  colSpan?: number;
  children: ReactNode;
}

/** The head of a column by which a small table is sorted. */
export function SortHead({ id, sort, onSort, align = 'start', colSpan, children }: SortHeadProps) {
  const isDown = sort === `-${id}`;
  const isUp = sort === id;
  return (
    <th scope="col" colSpan={colSpan} data-align={align} aria-sort={isDown ? 'descending' : isUp ? 'ascending' : 'none'} className={styles.head}>
      <button type="button" onClick={() => onSort(isDown ? id : `-${id}`)}>
        {children}
        {isDown && <ArrowDown size={12} aria-hidden />}
        {isUp && <ArrowUp size={12} aria-hidden />}
      </button>
    </th>
  );
}
