import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { Chart } from '@/components/chart/Chart';
import { chartPoints } from '@/components/chart/series';
import { ErrorCount } from '@/components/data/badges';
import { Figures } from '@/components/data/figures';
import table from '@/components/data/Table.module.css';
import { Card } from '@/components/layout/Page';
import { EmptyState } from '@/components/states/StateViews';
import { formatBytes, formatCount, formatDuration, formatInteger, formatRate, formatShare } from '@/lib/format';
import styles from './Admin.module.css';
import { Answer } from './Answer';
import { signalColors } from './storage';

const everyMillis = 10_000;
const shownMillis = 15 * 60_000;
const nouns = { traces: 'spans', logs: 'log records', metrics: 'data points' } as const;

/** What comes in, and whether it is stored as fast as it comes. Asked every ten seconds, which is as often as it changes. */
export function Ingest() {
  const ingest = useQuery({
    queryKey: ['stats-ingest'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/stats/ingest', { signal })),
    placeholderData: keepPreviousData,
    refetchInterval: everyMillis,
    meta: { background: true },
  });
  return (
    <Answer query={ingest} audience="an admin of the default tenant">
      {(data) => (
        <>
          <Card title="Accepted, last 15 minutes">
            <Rates series={data.series} />
          </Card>
          <div className={styles.halves}>
            <Card title="Since the start" flush>
              <table className={table.table} aria-label="Since the start">
                <thead>
                  <tr>
                    <th scope="col">Signal</th>
                    <th scope="col" className={table.number}>
                      Now
                    </th>
                    <th scope="col" className={table.number}>
                      Accepted
                    </th>
                    <th scope="col" className={table.number}>
                      Rejected
                    </th>
                    <th scope="col" className={table.number}>
                      Received
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.signals.map((one) => (
                    <tr key={one.signal}>
                      <td>
                        <span className={styles.signalName}>
                          <span className={styles.swatch} style={{ background: signalColors[one.signal] }} aria-hidden />
                          {nouns[one.signal]}
                        </span>
                      </td>
                      <td className={table.number}>{formatRate(one.itemsPerSecond)}</td>
                      <td className={table.number}>{formatInteger(one.acceptedTotal)}</td>
                      <td className={table.number}>
                        <ErrorCount count={one.rejectedTotal} format={formatInteger} />
                      </td>
                      <td className={table.number}>{formatBytes(one.bytesTotal)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Card>
            <Log log={data.log} />
          </div>
        </>
      )}
    </Answer>
  );
}

function Rates({ series }: { series: readonly { signal: keyof typeof nouns; points: (number | null)[][] }[] }) {
  const lines = useMemo(
    () => series.map((one) => ({ id: one.signal, label: nouns[one.signal], color: signalColors[one.signal], points: chartPoints(one.points) })),
    [series],
  );
  const newest = Math.max(...lines.map((line) => line.points.at(-1)?.[0] ?? 0));
  const range = useMemo(() => ({ from: newest - shownMillis, to: newest }), [newest]);
  if (newest <= 0) return <EmptyState title="Not yet">The first figures come ten seconds after the start.</EmptyState>;
  return <Chart label="Accepted items" series={lines} range={range} format={formatRate} height={200} legend="values" />;
}

function Log({ log }: { log: Schema<'IngestStats'>['log'] }) {
  const share = log.bytesMax > 0 ? log.bytes / log.bytesMax : 0;
  return (
    <Card title="Write-ahead log">
      <div className={styles.stackOf}>
        <Figures
          label="Write-ahead log"
          figures={[
            { label: 'Not stored yet', value: formatBytes(log.lagBytes) },
            { label: 'Oldest of it', value: log.lagSeconds > 0 ? formatDuration(log.lagSeconds * 1e9) : '–' },
            { label: 'On disk', value: formatBytes(log.bytes) },
            { label: 'Full at', value: formatBytes(log.bytesMax) },
          ]}
        />
        <span className={styles.track} role="meter" aria-label="Filled" aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100}>
          <span className={styles.bar} data-tone={share > 0.8 ? 'error' : share > 0.5 ? 'warn' : undefined} style={{ width: `${Math.max(0.4, share * 100)}%` }} />
        </span>
        <p className={styles.note}>
          What is acknowledged is in this log first and in the store some seconds later. It is {formatShare(share)} full; when it is full, senders are told to wait ({formatCount(log.bytesMax / 2 ** 30)} GiB).
        </p>
      </div>
    </Card>
  );
}
