import { CircleAlert, Info, RotateCw, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, type Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import styles from './StateViews.module.css';

export interface EmptyStateProps {
  title: string;
  /** What to do about it. */
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
}

/** Nothing was found, and that is no error. */
export function EmptyState({ title, children, icon, actions }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** In the place of a small thing, such as a chart. */
  compact?: boolean;
}

/** An answer that is no success: what the server said, and a way to ask again. */
export function ErrorState({ error, onRetry, compact }: ErrorStateProps) {
  const problem = error instanceof ApiError ? error : undefined;
  const title = problem?.title ?? 'Something in this page went wrong';
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <div className={compact ? `${styles.state} ${styles.compact}` : styles.state} role="alert">
      <div className={`${styles.icon} ${styles.error}`}>{problem?.status === 0 ? <Unplug size={compact ? 16 : 22} /> : <CircleAlert size={compact ? 16 : 22} />}</div>
      <p className={styles.title}>{title}</p>
      {detail !== title && <p className={styles.text}>{detail}</p>}
      {onRetry && (
        <div className={styles.actions}>
          <Button size={compact ? 's' : 'm'} onClick={onRetry}>
            <RotateCw size={13} /> Try again
          </Button>
        </div>
      )}
    </div>
  );
}

/** What the server says about an answer that is not the whole: capped, narrowed, estimated. */
export function Warnings({ warnings }: { warnings: readonly Schema<'Warning'>[] | undefined }) {
  if (!warnings?.length) return null;
  return (
    <ul className={styles.warnings} aria-label="Notes on this answer">
      {warnings.map((warning, index) => (
        <li key={index} data-code={warning.code}>
          <Info size={13} aria-hidden /> {warning.message}
        </li>
      ))}
    </ul>
  );
}

export interface SkeletonProps {
  width?: string | number;
  height?: string | number;
}

/** The shape of what is coming. */
export function Skeleton({ width = '100%', height = 12 }: SkeletonProps) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}

/** Several lines of it, with one announcement for those who do not see them. */
export function SkeletonLines({ count = 6, label = 'Loading' }: { count?: number; label?: string }) {
  return (
    <div className={styles.lines} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} width={`${92 - ((index * 37) % 45)}%`} />
      ))}
    </div>
  );
}
