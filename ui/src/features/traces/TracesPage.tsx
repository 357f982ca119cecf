import { getRouteApi } from '@tanstack/react-router';
import { answer, client, type Schema } from '@/api/client';
import { ErrorCount, ServiceBadge, ServiceList } from '@/components/data/badges';
import { usePagedRows } from '@/components/data/usePagedRows';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { Page } from '@/components/layout/Page';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount, formatDateTime, formatDuration, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';

const route = getRouteApi('/traces');
const pageSize = 100;

type Row = Schema<'TraceSummary'>;

export default function TracesPage() {
  const { range } = useTimeRange();
  const { q, sort } = route.useSearch();
  const { timeZone } = usePreferences();
  const paged = usePagedRows<Row>({
    queryKey: ['traces', range, q, sort],
    pageSize,
    fetchPage: async (cursor, signal) => {
      const page = await answer(client.GET('/api/v1/traces', { params: { query: { ...range, limit: pageSize, cursor } }, signal }));
      return { rows: page.traces, nextCursor: page.nextCursor, warnings: page.warnings };
    },
  });
  const columns: Column<Row>[] = [
    { id: 'time', header: 'Start', width: '130px', render: (row) => formatDateTime(nanosToMillis(row.startTimeUnixNano), timeZone) },
    { id: 'service', header: 'Service', width: 'minmax(110px, 1fr)', render: (row) => <ServiceBadge name={row.rootService} /> },
    { id: 'name', header: 'Name', width: 'minmax(160px, 2fr)', render: (row) => row.rootName },
    { id: 'services', header: 'Services', width: 'minmax(120px, 2fr)', render: (row) => <ServiceList names={row.services} /> },
    { id: 'spans', header: 'Spans', width: '70px', align: 'end', render: (row) => formatCount(row.spanCount) },
    { id: 'errors', header: 'Errors', width: '70px', align: 'end', render: (row) => <ErrorCount count={row.errorCount} /> },
    { id: 'duration', header: 'Duration', width: '90px', align: 'end', render: (row) => formatDuration(row.durationNanos) },
  ];
  return (
    <Page title="Traces" body="fill">
      <div style={{ flex: 1 }}>
        <VirtualTable label="Traces" columns={columns} rowCount={paged.rowCount} getRow={paged.getRow} onVisibleRange={paged.onVisibleRange} />
      </div>
    </Page>
  );
}
