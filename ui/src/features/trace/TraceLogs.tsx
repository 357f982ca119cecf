import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, client, type Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { ServiceBadge, SeverityBadge } from '@/components/data/badges';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { EmptyState, ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { type AttributeValue, flatText, lineText } from '@/lib/attributes';
import { formatClock, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';

type LogRecord = Schema<'LogRecord'>;

const pageSize = 200;

/** What was logged within the trace, oldest first. */
export default function TraceLogs({ traceId, onOpen }: { traceId: string; onOpen: (spanId: string) => void }) {
  const { timeZone } = usePreferences();
  const logs = useInfiniteQuery({
    queryKey: ['trace-logs', traceId],
    queryFn: ({ signal, pageParam }) => answer(client.GET('/api/v1/traces/{traceId}/logs', { params: { path: { traceId }, query: { limit: pageSize, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (logs.error) return <ErrorState error={logs.error} onRetry={() => void logs.refetch()} />;
  if (!logs.data) return <SkeletonLines count={10} />;
  const records = logs.data.pages.flatMap((page) => page.logs);
  if (records.length === 0) return <EmptyState title="No logs in this trace">No record names this trace. Loggers add the trace's id when their OpenTelemetry instrumentation is on.</EmptyState>;
  const columns: Column<LogRecord>[] = [
    { id: 'time', header: 'Time', width: '100px', render: (record) => formatClock(nanosToMillis(record.timestampUnixNano), timeZone) },
    { id: 'severity', header: 'Severity', width: '80px', render: (record) => <SeverityBadge severityNumber={record.severityNumber} severityText={record.severityText} /> },
    { id: 'service', header: 'Service', width: '150px', render: (record) => <ServiceBadge name={record.serviceName} /> },
    { id: 'body', header: 'Message', width: 'minmax(300px, 1fr)', render: (record) => lineText(record.body === undefined ? (record.eventName ?? '') : flatText(record.body as AttributeValue)) },
  ];
  return (
    <VirtualTable
      label="Logs of the trace"
      columns={columns}
      rowCount={records.length}
      getRow={(index) => records[index]}
      onOpen={(record) => record.spanId && onOpen(record.spanId)}
      rowTone={(record) => (record.severityNumber >= 17 ? 'error' : record.severityNumber >= 13 ? 'warn' : undefined)}
      footer={
        logs.hasNextPage && (
          <Button size="s" disabled={logs.isFetchingNextPage} onClick={() => void logs.fetchNextPage()}>
            More
          </Button>
        )
      }
    />
  );
}
