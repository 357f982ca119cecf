import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeftRight, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { answer, ApiError, client, type Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { SearchInput } from '@/components/controls/SearchInput';
import { ErrorCount, ServiceBadge } from '@/components/data/badges';
import { TraceLink } from '@/components/data/TraceLink';
import { VirtualTable } from '@/components/data/VirtualTable';
import { Page } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { formatDuration, formatInstant, formatInteger } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { columnsFor } from './columns';
import styles from './Comparison.module.css';
import { changedWithParents, countChanges } from './nodes';

const route = getRouteApi('/traces/compare');

/** Two traces laid over each other: what one has that the other has not, and where the time differs. */
export default function ComparisonPage() {
  const { left, right, changes = false } = route.useSearch();
  const navigate = route.useNavigate();
  const comparison = useQuery({
    queryKey: ['trace-comparison', left, right],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/traces/compare', { params: { query: { left: left!, right: right! } }, signal })),
    enabled: left !== undefined && right !== undefined,
    meta: { constant: true },
  });
  const { data } = comparison;
  const nodes = useMemo(() => (data ? (changes ? changedWithParents(data.nodes) : data.nodes) : []), [data, changes]);
  const columns = useMemo(() => columnsFor(data), [data]);
  const heading = (
    <span className={styles.crumbs}>
      <Link to="/traces" className={styles.up}>
        Traces
      </Link>
      <ChevronRight size={16} aria-hidden />
      Comparison
    </span>
  );
  const set = (side: 'left' | 'right', id: string) => void navigate({ search: (previous) => ({ ...previous, [side]: id.trim().toLowerCase() }) });
  return (
    <Page
      title="Comparison of traces"
      heading={heading}
      timeRange={false}
      body="fill"
      toolbar={
        <div className={styles.sides}>
          <Side label="Compared with" id={left} shape={data?.left} onChange={(id) => set('left', id)} />
          <Button look="quiet" aria-label="Exchange the traces" title="Exchange the traces" onClick={() => void navigate({ search: (previous) => ({ ...previous, left: right, right: left }) })}>
            <ArrowLeftRight size={16} />
          </Button>
          <Side label="Looked at" id={right} shape={data?.right} onChange={(id) => set('right', id)} />
        </div>
      }
    >
      <div className={styles.main}>
        {!left || !right ? (
          <EmptyState title="Two traces are needed">Paste their ids above, or open a trace and choose “Compare”.</EmptyState>
        ) : comparison.error ? (
          comparison.error instanceof ApiError && comparison.error.status === 404 ? (
            <EmptyState title="One of them is not there">{comparison.error.message}</EmptyState>
          ) : (
            <ErrorState error={comparison.error} onRetry={() => void comparison.refetch()} />
          )
        ) : !data ? (
          <SkeletonLines count={14} label="Comparing" />
        ) : (
          <>
            <div className={styles.bar}>
              <Summary nodes={data.nodes} />
              <Warnings warnings={data.warnings} />
              <Button size="s" pressed={changes} onClick={() => void navigate({ search: (previous) => ({ ...previous, changes: changes ? undefined : true }), replace: true })}>
                Only what differs
              </Button>
            </div>
            <div className={styles.rows}>
              {nodes.length === 0 ? (
                <EmptyState title="They are the same">Same services and operations, as often, and about as long.</EmptyState>
              ) : (
                <VirtualTable label="Merged spans" columns={columns} rowCount={nodes.length} getRow={(index) => nodes[index]} rowTone={(node) => (node.rightErrorCount > node.leftErrorCount ? 'error' : undefined)} />
              )}
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

function Side({ label, id, shape, onChange }: { label: string; id: string | undefined; shape: Schema<'TraceShape'> | undefined; onChange: (id: string) => void }) {
  const { timeZone } = usePreferences();
  const [typed, setTyped] = useState<string>();
  const isWrong = typed !== undefined && typed.trim() !== '' && !/^[0-9a-f]{32}$/i.test(typed.trim());
  return (
    <section className={styles.side} aria-label={label}>
      <span className={styles.label}>{label}</span>
      <SearchInput
        label={`Trace id: ${label.toLowerCase()}`}
        placeholder="Trace id, 32 hexadecimal digits"
        value={typed ?? id ?? ''}
        onChange={(next) => {
          setTyped(next);
          if (!/^[0-9a-f]{32}$/i.test(next.trim())) return;
          setTyped(undefined);
          onChange(next);
        }}
      />
      {isWrong && <span className={styles.wrong}>This is no trace id.</span>}
      {shape && (
        <span className={styles.facts}>
          <ServiceBadge name={shape.rootService} />
          <TraceLink traceId={shape.traceId}>{shape.rootName || '(root span not stored)'}</TraceLink>
          <strong>{formatDuration(shape.durationNanos)}</strong>
          <span>{formatInteger(shape.spanCount)} spans</span>
          <span>
            <ErrorCount count={shape.errorCount} format={formatInteger} /> errors
          </span>
          <span>{formatInstant(shape.startTimeUnixNano, timeZone)}</span>
        </span>
      )}
    </section>
  );
}

function Summary({ nodes }: { nodes: readonly Schema<'TraceComparison'>['nodes'][number][] }) {
  const counts = countChanges(nodes);
  return (
    <p className={styles.summary} role="status">
      <span data-change="added">{formatInteger(counts.added)} added</span>
      <span data-change="removed">{formatInteger(counts.removed)} removed</span>
      <span data-change="changed">{formatInteger(counts.changed)} changed</span>
      <span>{formatInteger(counts.same)} the same</span>
    </p>
  );
}
