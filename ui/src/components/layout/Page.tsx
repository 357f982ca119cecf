import { type ReactNode, useEffect } from 'react';
import { TimeRangePicker } from '@/components/time/TimeRangePicker';
import styles from './Page.module.css';

export interface PageProps {
  /** Also the title of the window. */
  title: string;
  /** Instead of the title's text: a breadcrumb, badges. */
  heading?: ReactNode;
  /** At the right of the head, before the time range. */
  actions?: ReactNode;
  /** False for pages on which a time range means nothing. */
  timeRange?: boolean;
  /** Under the head, not scrolling with the page: the filter. */
  toolbar?: ReactNode;
  /** `scroll`: the page scrolls as a whole. `fill`: its parts divide the height between them and scroll by themselves. */
  body?: 'scroll' | 'fill';
  children: ReactNode;
}

/** The frame every page stands in. */
export function Page({ title, heading, actions, timeRange = true, toolbar, body = 'scroll', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Otelier`;
  }, [title]);
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{heading ?? title}</h1>
        <div className={styles.actions}>
          {actions}
          {timeRange && <TimeRangePicker />}
        </div>
      </header>
      {toolbar && <div className={styles.toolbar}>{toolbar}</div>}
      <div className={body === 'fill' ? styles.fill : styles.scroll}>{children}</div>
    </>
  );
}

export interface CardProps {
  title?: ReactNode;
  /** At the right of the title. */
  end?: ReactNode;
  /** Without inner space: for tables and charts that reach the edge. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A surface with a title. */
export function Card({ title, end, flush, className, children }: CardProps) {
  return (
    <section className={[styles.card, className].filter(Boolean).join(' ')}>
      {(title || end) && (
        <header className={styles.cardHead}>
          <h2>{title}</h2>
          {end}
        </header>
      )}
      <div className={flush ? styles.flush : styles.cardBody}>{children}</div>
    </section>
  );
}
