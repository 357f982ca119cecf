import { answer, client, type Schema } from '@/api/client';
import { ServiceBadge } from '@/components/data/badges';
import { CopyButton } from '@/components/controls/CopyButton';
import { usePagedRows } from '@/components/data/usePagedRows';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { lineText } from '@/lib/attributes';
import { formatDateTime, formatInteger, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import styles from './MetricDetails.module.css';
import type { QueryText } from './search';

type Series = Schema<'MetricSeriesItem'>;

const pageSize = 100;

/** Every series of a metric that the filter lets through. */
export function SeriesTable({ query }: { query: QueryText }) {
  const { range } = useTimeRange();
  const { timeZone } = usePreferences();
  const paged = usePagedRows<Series>({
    queryKey: ['metric', query.m, 'series', range, query.q],
    pageSize,
    fetchPage: async (cursor, signal) => {
      const page = await answer(client.GET('/api/v1/metrics/{name}/series', { params: { path: { name: query.m }, query: { ...range, q: query.q, limit: pageSize, cursor } }, signal }));
      return { rows: page.series, nextCursor: page.nextCursor, warnings: page.warnings };
    },
  });
  if (paged.error && paged.rowCount === 0) return <ErrorState error={paged.error} onRetry={paged.retry} compact />;
  if (paged.isLoading) return <SkeletonLines count={6} />;
  if (paged.rowCount === 0) return <EmptyState title="No series">The filter lets none through.</EmptyState>;
  const seen = (nanos: string | undefined) => (nanos ? formatDateTime(nanosToMillis(nanos), timeZone) : '–');
  const columns: Column<Series>[] = [
    { id: 'service', header: 'Service', width: 'minmax(110px, 170px)', render: (row) => <ServiceBadge name={row.serviceName} /> },
    { id: 'labels', header: 'Labels', width: 'minmax(280px, 1fr)', render: (row) => <span className={styles.code} title={labelsText(row)}>{labelsText(row) || '–'}</span> },
    { id: 'first', header: 'First point', width: '128px', render: (row) => seen(row.firstSeenUnixNano) },
    { id: 'last', header: 'Last point', width: '128px', render: (row) => seen(row.lastSeenUnixNano) },
    {
      id: 'id',
      header: 'Id',
      width: '170px',
      render: (row) => (
        <span className={styles.id}>
          <span className={styles.code}>{row.seriesId}</span>
          <CopyButton label="Copy the id" text={row.seriesId} />
        </span>
      ),
    },
  ];
  return (
    <>
      <Warnings warnings={paged.warnings} />
      <div className={styles.series}>
        <VirtualTable
          label="Series"
          primary={false}
          columns={columns}
          rowCount={paged.rowCount}
          getRow={paged.getRow}
          onVisibleRange={paged.onVisibleRange}
          footer={paged.hasMore ? 'Loading more …' : `${formatInteger(paged.rowCount)} series`}
        />
      </div>
    </>
  );
}

const labelsMax = 600;

function labelsText({ labels }: Series): string {
  return lineText(
    Object.entries(labels)
      .filter(([name]) => name !== 'service.name')
      .map(([name, value]) => `${name}=${value}`)
      .join('  '),
    labelsMax,
  );
}
