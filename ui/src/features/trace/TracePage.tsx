import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { ApiError } from '@/api/client';
import { CopyButton } from '@/components/controls/CopyButton';
import { Tabs } from '@/components/controls/Tabs';
import { ErrorCount, ServiceBadge } from '@/components/data/badges';
import { Page } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { formatDuration, formatInstant, formatInteger } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { CompareWith } from './CompareWith';
import type { TraceView } from './route';
import { SpanDetails } from './SpanDetails';
import { Timeline } from './Timeline';
import styles from './TracePage.module.css';
import { useTimelineState } from './useTimelineState';
import type { TraceHead } from './useTraceRows';

const route = getRouteApi('/traces/$traceId');
const Breakdown = lazy(() => import('./Breakdown'));
const FlameGraph = lazy(() => import('./FlameGraph'));
const TraceLogs = lazy(() => import('./TraceLogs'));
const RawTrace = lazy(() => import('./RawTrace'));

const tabs: readonly { id: TraceView; label: string }[] = [
  { id: 'timeline', label: 'Timeline' },
  { id: 'flame', label: 'Flame graph' },
  { id: 'breakdown', label: 'Services and operations' },
  { id: 'logs', label: 'Logs' },
  { id: 'raw', label: 'OTLP' },
];

export default function TracePage() {
  const { traceId } = route.useParams();
  const { view = 'timeline', span } = route.useSearch();
  const navigate = route.useNavigate();
  const state = useTimelineState(traceId);
  const { head, error } = state.rows;
  const heading = (
    <span className={styles.crumbs}>
      <Link to="/traces" className={styles.up}>
        Traces
      </Link>
      <ChevronRight size={16} aria-hidden />
      {head?.rootService !== undefined && <ServiceBadge name={head.rootService} />}
      <span className={styles.name}>{head?.rootName ?? traceId}</span>
    </span>
  );
  const title = head?.rootName ? `${head.rootName} ${traceId.slice(0, 8)}` : `Trace ${traceId.slice(0, 8)}`;
  if (error && !head) {
    return (
      <Page title={title} heading={heading} timeRange={false}>
        {error instanceof ApiError && error.status === 404 ? (
          <EmptyState title="There is no such trace">
            <code>{traceId}</code> is not stored: it may have been older than what is kept, not arrived yet, or never been sampled.
          </EmptyState>
        ) : (
          <ErrorState error={error} onRetry={state.rows.retry} />
        )}
      </Page>
    );
  }
  const open = (id: string | undefined) => void navigate({ search: (previous) => ({ ...previous, span: id }), replace: true });
  return (
    <Page title={title} heading={heading} timeRange={false} body="fill" actions={head && <CompareWith traceId={traceId} head={head} />} toolbar={head && <Facts traceId={traceId} head={head} />}>
      <div className={styles.main}>
        <Warnings warnings={head?.warnings} />
        <Tabs label="Views of the trace" tabs={tabs} value={view} onChange={(next) => void navigate({ search: (previous) => ({ ...previous, view: next === 'timeline' ? undefined : next }) })}>
          {!head ? (
            <SkeletonLines count={14} />
          ) : (
            <Suspense fallback={<SkeletonLines />}>
              {view === 'timeline' && <Timeline state={state} head={head} span={span} onOpen={open} />}
              {view === 'flame' && <FlameGraph traceId={traceId} span={span} onOpen={open} />}
              {view === 'breakdown' && <Breakdown traceId={traceId} onFind={(find) => void navigate({ search: { find, view: undefined } })} />}
              {view === 'logs' && <TraceLogs traceId={traceId} onOpen={open} />}
              {view === 'raw' && <RawTrace traceId={traceId} />}
            </Suspense>
          )}
        </Tabs>
      </div>
      {span && <SpanDetails traceId={traceId} spanId={span} traceStart={head?.startTimeUnixNano} onClose={() => open(undefined)} onOpen={open} />}
    </Page>
  );
}

function Facts({ traceId, head }: { traceId: string; head: TraceHead }) {
  const { timeZone } = usePreferences();
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Duration</dt>
        <dd>
          <strong>{formatDuration(head.durationNanos)}</strong>
        </dd>
      </div>
      <div>
        <dt>Start</dt>
        <dd>{formatInstant(head.startTimeUnixNano, timeZone)}</dd>
      </div>
      <div>
        <dt>Spans</dt>
        <dd>{formatInteger(head.spanCount)}</dd>
      </div>
      <div>
        <dt>Errors</dt>
        <dd>
          <ErrorCount count={head.errorCount} format={formatInteger} />
        </dd>
      </div>
      <div>
        <dt>Depth</dt>
        <dd>{head.depthMax + 1}</dd>
      </div>
      <div>
        <dt>Trace</dt>
        <dd>
          <code>{traceId}</code>
          <CopyButton text={traceId} label="Copy the trace id" />
        </dd>
      </div>
    </dl>
  );
}
