import { Link, useNavigate } from '@tanstack/react-router';
import { Columns3 } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Menu } from '@/components/controls/Menu';
import { ErrorCount, ServiceBadge, ServiceList } from '@/components/data/badges';
import { usePagedRows } from '@/components/data/usePagedRows';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { lineText } from '@/lib/attributes';
import { formatCount, formatDateTime, formatDuration, formatInteger, nanosToMillis, type TimeZone } from '@/lib/format';
import { usePagePreference, usePreferences } from '@/lib/preferences';
import styles from './TracesPage.module.css';

type Row = Schema<'TraceSummary'>;

const pageSize = 100;
const hiddenByDefault = ['traceId'];

function columnsFor(timeZone: TimeZone): Column<Row>[] {
  return [
    { id: 'start', header: 'Start', width: '150px', render: (row) => formatDateTime(nanosToMillis(row.startTimeUnixNano), timeZone, 3) },
    { id: 'service', header: 'Service', width: 'minmax(110px, 1fr)', render: (row) => <ServiceBadge name={row.rootService} /> },
    {
      id: 'name',
      header: 'Operation',
      width: 'minmax(160px, 2fr)',
      render: (row) => (
        <Link to="/traces/$traceId" params={{ traceId: row.traceId }} className={styles.name}>
          {lineText(row.rootName) || '(root span not stored)'}
        </Link>
      ),
    },
    { id: 'services', header: 'Services', width: 'minmax(120px, 2fr)', render: (row) => <ServiceList names={row.services} /> },
    { id: 'spans', header: 'Spans', width: '64px', align: 'end', render: (row) => formatCount(row.spanCount) },
    { id: 'errors', header: 'Errors', width: '64px', align: 'end', render: (row) => <ErrorCount count={row.errorCount} format={formatCount} /> },
    { id: 'duration', header: 'Duration', width: '84px', align: 'end', render: (row) => formatDuration(row.durationNanos) },
    { id: 'traceId', header: 'Trace id', width: '260px', render: (row) => <code>{row.traceId}</code> },
  ];
}

interface TraceListProps {
  q: string | undefined;
  sort: string;
  onSort: (sort: string) => void;
  /** What went wrong, for the filter box; undefined when nothing did. */
  onProblem: (error: unknown) => void;
  onClear: () => void;
}

export function TraceList({ q, sort, onSort, onProblem, onClear }: TraceListProps) {
  const { range } = useTimeRange();
  const { timeZone } = usePreferences();
  const navigate = useNavigate();
  const [hidden, setHidden] = usePagePreference<string[]>('traces.hiddenColumns', hiddenByDefault);
  const paged = usePagedRows<Row>({
    queryKey: ['traces', range, q, sort],
    pageSize,
    fetchPage: async (cursor, signal) => {
      const query = { ...range, q, sort: sort === '-start' ? undefined : (sort as '-duration'), limit: pageSize, cursor };
      const page = await answer(client.GET('/api/v1/traces', { params: { query }, signal }));
      return { rows: page.traces, nextCursor: page.nextCursor, warnings: page.warnings, total: page.total };
    },
  });
  const tell = useEffectEvent(onProblem);
  useEffect(() => tell(paged.error), [paged.error]);
  const all = columnsFor(timeZone);
  const columns = all.filter((column) => !hidden.includes(column.id));
  const toggle = (id: string) => setHidden(hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]);
  return (
    <section className={styles.list} aria-label="Traces">
      <div className={styles.bar}>
        <h2>{paged.total === undefined ? 'Traces' : `${formatInteger(paged.total)} traces`}</h2>
        <Warnings warnings={paged.warnings} />
        <Menu
          align="end"
          trigger={
            <Button size="s" look="quiet">
              <Columns3 size={13} /> Columns
            </Button>
          }
          items={all.map((column) => ({ id: column.id, label: column.header, checked: !hidden.includes(column.id), keepOpen: true, onSelect: () => toggle(column.id) }))}
        />
      </div>
      <div className={styles.rows}>
        {paged.error && paged.rowCount === 0 ? (
          <ErrorState error={paged.error} onRetry={paged.retry} />
        ) : paged.isLoading ? (
          <SkeletonLines count={12} label="Searching" />
        ) : paged.rowCount === 0 ? (
          <EmptyState title="No trace matches" actions={q && <Button onClick={onClear}>Clear the filter</Button>}>
            {q ? 'Nothing in this time range satisfies the filter. A longer range may.' : 'Nothing has arrived in this time range.'}
          </EmptyState>
        ) : (
          <VirtualTable
            label="Traces"
            columns={columns}
            rowCount={paged.rowCount}
            getRow={paged.getRow}
            onVisibleRange={paged.onVisibleRange}
            sort={sort}
            // The server knows the largest first only.
            onSort={(next) => onSort(`-${next.replace(/^-/, '')}`)}
            onOpen={(row) => void navigate({ to: '/traces/$traceId', params: { traceId: row.traceId } })}
            rowTone={(row) => (row.errorCount > 0 ? 'error' : undefined)}
            footer={paged.error ? <ErrorState error={paged.error} onRetry={paged.retry} compact /> : paged.hasMore ? 'Looking further back …' : 'That is all of this time range.'}
          />
        )}
      </div>
    </section>
  );
}
