import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Select } from '@/components/controls/Select';
import { ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { lineText } from '@/lib/attributes';
import { severityColor, severityOf } from '@/lib/color';
import { formatDuration, formatInstant, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { keyOf, messageOf } from './fields';
import styles from './LogDetails.module.css';

const scopes = [
  { value: 'resource', label: 'Same instance' },
  { value: 'service', label: 'Same service' },
] as const;
const sizes = ['5', '10', '25', '50', '100'].map((value) => ({ value, label: `${value} before and after` }));
const textMax = 300;

/** What the same stream said just before and after a record. */
export function LogContext({ id, at, onOpen }: { id: string; at: number; onOpen: (id: string) => void }) {
  const [scope, setScope] = useState<(typeof scopes)[number]['value']>('resource');
  const [size, setSize] = useState('5');
  const { timeZone } = usePreferences();
  const count = Number(size);
  const context = useQuery({
    queryKey: ['log', id, 'context', scope, count],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/logs/{id}/context', { params: { path: { id }, query: { before: count, after: count, scope } }, signal })),
    placeholderData: keepPreviousData,
    meta: { constant: true },
  });
  return (
    <>
      <div className={styles.contextBar}>
        <Select label="Which stream" value={scope} options={scopes} onChange={setScope} />
        <Select label="How many records" value={size} options={sizes} onChange={setSize} />
      </div>
      {context.error ? (
        <ErrorState error={context.error} onRetry={() => void context.refetch()} compact />
      ) : context.data ? (
        <>
          <Warnings warnings={context.data.warnings} />
          <ol className={styles.context} aria-label="Records around it">
            {context.data.logs.map((record, index) => (
              <li key={`${keyOf(record)} ${index}`}>
                <button
                  type="button"
                  className={styles.contextRow}
                  aria-current={index === context.data.index || undefined}
                  title={formatInstant(record.timestampUnixNano, timeZone)}
                  onClick={() => record.id !== undefined && onOpen(record.id)}
                >
                  <span>{distance(nanosToMillis(record.timestampUnixNano) - at, index === context.data.index)}</span>
                  <span className={styles.mark} role="img" aria-label={severityOf(record.severityNumber)} style={{ background: severityColor(severityOf(record.severityNumber)) }} />
                  <bdi className={styles.contextText}>{lineText(messageOf(record), textMax)}</bdi>
                </button>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <SkeletonLines count={6} />
      )}
    </>
  );
}

function distance(millis: number, isSelf: boolean): string {
  if (isSelf) return '0';
  return `${millis < 0 ? '−' : '+'}${formatDuration(Math.abs(millis) * 1e6)}`;
}
