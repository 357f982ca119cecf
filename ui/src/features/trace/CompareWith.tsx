import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Split } from 'lucide-react';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Popover } from '@/components/controls/Popover';
import { ErrorCount } from '@/components/data/badges';
import { quote } from '@/components/filter/language';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDateTime, formatDuration, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import field from '@/components/controls/field.module.css';
import styles from './CompareWith.module.css';
import type { TraceHead } from './useTraceRows';

const shownMax = 12;
const idPattern = /^[0-9a-f]{32}$/i;

/** Another trace to lay this one over: one of the same operation, or any by its id. */
export function CompareWith({ traceId, head }: { traceId: string; head: TraceHead }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Compare with another trace"
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Split size={14} /> Compare
        </Button>
      }
    >
      {isOpen && <Choice traceId={traceId} head={head} />}
    </Popover>
  );
}

function Choice({ traceId, head }: { traceId: string; head: TraceHead }) {
  const { range } = useTimeRange();
  const { timeZone } = usePreferences();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const q = `isRoot = true and service.name = ${quote(head.rootService ?? '')} and name = ${quote(head.rootName ?? '')}`;
  const alike = useQuery({
    queryKey: ['traces-alike', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/traces', { params: { query: { ...range, q, limit: shownMax + 1 } }, signal })),
  });
  const compare = (left: string) => void navigate({ to: '/traces/compare', search: { left: left.toLowerCase(), right: traceId } });
  const others = alike.data?.traces.filter((trace) => trace.traceId !== traceId).slice(0, shownMax);
  return (
    <div className={styles.choice}>
      <form
        className={field.row}
        onSubmit={(event) => {
          event.preventDefault();
          compare(id.trim());
        }}
      >
        <input className={styles.id} aria-label="Trace id to compare with" placeholder="Trace id" value={id} spellCheck={false} onChange={(event) => setId(event.target.value)} />
        <Button type="submit" look="primary" disabled={!idPattern.test(id.trim())}>
          Compare
        </Button>
      </form>
      <p className={styles.label}>Or one of the same operation, newest first</p>
      {alike.error ? (
        <ErrorState error={alike.error} onRetry={() => void alike.refetch()} compact />
      ) : !others ? (
        <SkeletonLines count={6} />
      ) : others.length === 0 ? (
        <p className={styles.label}>There is no other in this time range.</p>
      ) : (
        <ul>
          {others.map((trace) => (
            <li key={trace.traceId}>
              <button type="button" className={styles.trace} onClick={() => compare(trace.traceId)}>
                <span>{formatDateTime(nanosToMillis(trace.startTimeUnixNano), timeZone, 3)}</span>
                <span>{trace.spanCount} spans</span>
                <span>
                  <ErrorCount count={trace.errorCount} /> errors
                </span>
                <strong>{formatDuration(trace.durationNanos)}</strong>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
