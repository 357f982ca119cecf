import { CircleAlert } from 'lucide-react';
import { serviceColor, severityColor, severityOf } from '@/lib/color';
import styles from './badges.module.css';

/** A service with the colour it has everywhere. */
export function ServiceBadge({ name, muted }: { name: string; muted?: boolean }) {
  return (
    <span className={styles.service} data-muted={muted || undefined} title={name}>
      <span className={styles.swatch} style={{ background: serviceColor(name) }} aria-hidden />
      <span className={styles.name}>{name || '(no service name)'}</span>
    </span>
  );
}

/** Several services: as many as fit in a word, the rest as a number. */
export function ServiceList({ names, max = 3 }: { names: readonly string[]; max?: number }) {
  return (
    <span className={styles.services} title={names.join(', ')}>
      {names.slice(0, max).map((name) => (
        <ServiceBadge key={name} name={name} />
      ))}
      {names.length > max && <span className={styles.more}>+{names.length - max}</span>}
    </span>
  );
}

/** Several services in little room: the colours by which they are known, their names on demand. */
export function ServiceSwatches({ names, max = 8 }: { names: readonly string[]; max?: number }) {
  return (
    <span className={styles.swatches} title={names.join(', ')}>
      <span className="visually-hidden">{names.join(', ')}</span>
      {names.slice(0, max).map((name) => (
        <span key={name} className={styles.swatch} style={{ background: serviceColor(name) }} aria-hidden />
      ))}
      {names.length > max && <span className={styles.more}>+{names.length - max}</span>}
    </span>
  );
}

export function SeverityBadge({ severityNumber, severityText }: { severityNumber: number; severityText?: string }) {
  const severity = severityOf(severityNumber);
  return (
    <span className={styles.severity} data-severity={severity} title={severityText || severity}>
      <span className={styles.swatch} style={{ background: severityColor(severity) }} aria-hidden />
      {severity}
    </span>
  );
}

/** The status of a span. Unset is said by saying nothing. */
export function StatusBadge({ code, message }: { code: string; message?: string }) {
  if (code === 'error')
    return (
      <span className={styles.error} title={message}>
        <CircleAlert size={12} aria-hidden /> Error
      </span>
    );
  return code === 'ok' ? <span className={styles.ok}>Ok</span> : <span className={styles.unset}>{code === 'unset' ? '' : code}</span>;
}

/** A number of errors, loud only when there are some. */
export function ErrorCount({ count, format = String }: { count: number; format?: (count: number) => string }) {
  return count > 0 ? <span className={styles.errorCount}>{format(count)}</span> : <span className={styles.unset}>0</span>;
}
