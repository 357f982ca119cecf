import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, client } from '@/api/client';
import { ErrorCount } from '@/components/data/badges';
import { Figures } from '@/components/data/figures';
import { Card } from '@/components/layout/Page';
import { formatBytes, formatCount, formatDateTime, formatDuration, formatInteger, formatRate, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import styles from './Admin.module.css';
import { Answer } from './Answer';

const everyMillis = 10_000;

/** What searches came to. */
export function Queries() {
  const { timeZone } = usePreferences();
  const stats = useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/stats', { signal })),
    placeholderData: keepPreviousData,
    refetchInterval: everyMillis,
    meta: { background: true },
  });
  return (
    <Answer query={stats} audience="an admin of the default tenant">
      {({ queries, sinceUnixNano }) => (
        <>
          <Card title="Just now">
            <Figures
              label="Just now"
              figures={[
                { label: 'Under way', value: formatInteger(queries.active) },
                { label: 'Waiting for their turn', value: formatInteger(queries.waiting) },
                { label: 'Mean duration', value: formatDuration(queries.durationAverageNanos), title: 'Of the newest 4096' },
                { label: '95th percentile', value: formatDuration(queries.durationP95Nanos), title: 'Of the newest 4096' },
                { label: 'Read while asking', value: `${formatRate(queries.rowsReadPerSecond).replace('/s', ' rows/s')}` },
                { label: 'Bytes while asking', value: `${formatBytes(queries.bytesReadPerSecond)}/s` },
              ]}
            />
          </Card>
          <Card title={`Since ${formatDateTime(nanosToMillis(sinceUnixNano), timeZone)}`}>
            <div className={styles.stackOf}>
              <Figures
                label="Since the start"
                figures={[
                  { label: 'Statements', value: formatInteger(queries.count) },
                  { label: 'Failed', value: <ErrorCount count={queries.failures} format={formatInteger} />, title: 'Limits and time-outs included' },
                  { label: 'Timed out', value: <ErrorCount count={queries.timeouts} format={formatInteger} /> },
                  { label: 'Refused', value: <ErrorCount count={queries.refused} format={formatInteger} />, title: 'Because too many were waiting' },
                  { label: 'Stopped', value: formatInteger(queries.cancelled), title: 'Because their client had left or had read enough' },
                  { label: 'Rows read', value: formatCount(queries.rowsRead) },
                  { label: 'Bytes read', value: formatBytes(queries.bytesRead) },
                ]}
              />
              <p className={styles.note}>Every page of this interface asks several. What is stopped was asked by somebody who went on to another page: the engine does not finish it for nobody.</p>
            </div>
          </Card>
        </>
      )}
    </Answer>
  );
}
