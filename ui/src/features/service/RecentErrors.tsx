import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { answer, client, type Schema } from '@/api/client';
import { serviceFilter } from '@/components/data/ServiceLink';
import table from '@/components/data/Table.module.css';
import { TraceLink } from '@/components/data/TraceLink';
import { Card } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDateTime, formatDuration, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { exceptionOf } from './exception';

const shownMax = 10;

/** The newest spans that failed, with what they say. */
export function RecentErrors({ serviceName }: { serviceName: string }) {
  const { range } = useTimeRange();
  const { timeZone } = usePreferences();
  const q = `${serviceFilter(serviceName)} and status = error`;
  const spans = useQuery({
    queryKey: ['spans', range, q, shownMax],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/spans', { params: { query: { ...range, q, limit: shownMax } }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title="Newest errors" end={<Link to="/traces" search={{ q }}>All failing traces</Link>} flush>
      {spans.error ? (
        <ErrorState error={spans.error} onRetry={() => void spans.refetch()} compact />
      ) : !spans.data ? (
        <SkeletonLines count={4} />
      ) : spans.data.spans.length === 0 ? (
        <EmptyState title="Nothing fails" icon={<CircleCheck size={22} />}>
          No span of this service in this time has the status error.
        </EmptyState>
      ) : (
        <>
          <Warnings warnings={spans.data.warnings} />
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
          <div className={table.scroller} role="region" aria-label="Newest errors" tabIndex={0}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  <th scope="col">Span</th>
                  <th scope="col">What it says</th>
                  <th scope="col" className={table.number}>
                    Duration
                  </th>
                </tr>
              </thead>
              <tbody>
                {spans.data.spans.map((span) => (
                  <ErrorRow key={`${span.traceId} ${span.spanId}`} span={span} time={formatDateTime(nanosToMillis(span.startTimeUnixNano), timeZone)} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Card>
  );
}

function ErrorRow({ span, time }: { span: Pick<Schema<'Span'>, 'traceId' | 'spanId' | 'name' | 'status' | 'attributes' | 'events' | 'durationNanos'>; time: string }) {
  const said = exceptionOf(span);
  return (
    <tr>
      <td className={table.muted}>{time}</td>
      <td className={table.clip}>
        <TraceLink traceId={span.traceId} spanId={span.spanId} className={table.strong}>
          {span.name}
        </TraceLink>
      </td>
      <td className={table.clip} title={said}>
        {said || <span className={table.muted}>nothing</span>}
      </td>
      <td className={table.number}>{formatDuration(span.durationNanos)}</td>
    </tr>
  );
}
