import { useQuery } from '@tanstack/react-query';
import { ApiError, answer, client } from '@/api/client';
import { Sparkline } from '@/components/chart/Sparkline';
import { chartPoints } from '@/components/chart/series';
import { Card } from '@/components/layout/Page';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { formatBytes, formatCount, formatRate, formatShare } from '@/lib/format';
import styles from './Intake.module.css';

const refreshMillis = 10_000;
const words = { traces: 'Spans', logs: 'Log records', metrics: 'Metric points' } as const;
const forbidden = 403;

/** What comes in just now, and what is kept of it. Figures of the whole server: for its operators. */
export function Intake() {
  const ingest = useQuery({
    queryKey: ['stats-ingest'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/stats/ingest', { signal })),
    refetchInterval: refreshMillis,
    meta: { background: true },
  });
  const tables = useQuery({ queryKey: ['stats-tables'], queryFn: ({ signal }) => answer(client.GET('/api/v1/stats/tables', { signal })), meta: { background: true }, refetchInterval: refreshMillis * 6 });
  if (ingest.error instanceof ApiError && ingest.error.status === forbidden) return null;
  return (
    <Card title="Coming in and kept" end={<span className={styles.note}>the last quarter of an hour · all time on disk</span>} flush>
      {ingest.error ? (
        <ErrorState error={ingest.error} onRetry={() => void ingest.refetch()} compact />
      ) : !ingest.data ? (
        <SkeletonLines count={4} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col" colSpan={2}>
                Now
              </th>
              <th scope="col">Rejected</th>
              <th scope="col">Kept</th>
              <th scope="col">On disk</th>
              <th scope="col">Smaller by</th>
            </tr>
          </thead>
          <tbody>
            {ingest.data.signals.map((signal) => {
              const points = chartPoints(ingest.data.series.find((series) => series.signal === signal.signal)?.points);
              const kept = tables.data?.signals.find((one) => one.signal === signal.signal);
              return (
                <tr key={signal.signal}>
                  <th scope="row">{words[signal.signal]}</th>
                  <td className={styles.spark}>
                    <Sparkline label={`${words[signal.signal]} per second`} points={points} range={{ from: points[0]?.[0] ?? 0, to: points.at(-1)?.[0] ?? 1 }} width={110} color="var(--accent)" />
                  </td>
                  <td>{formatRate(signal.itemsPerSecond)}</td>
                  <td data-tone={signal.rejectedTotal > 0 ? 'warn' : 'none'}>{formatCount(signal.rejectedTotal)}</td>
                  <td>{formatCount(kept?.rowCount)}</td>
                  <td>{formatBytes(kept?.compressedBytes)}</td>
                  <td>{kept && kept.compressionRatio > 0 ? `${kept.compressionRatio.toFixed(1)}×` : '–'}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Log on disk</th>
              <td className={styles.wide} colSpan={6}>
                {formatBytes(ingest.data.log.bytes)} of {formatBytes(ingest.data.log.bytesMax)} ({formatShare(ingest.data.log.bytes / ingest.data.log.bytesMax)}),{' '}
                {ingest.data.log.lagBytes === 0 ? 'all of it in the store' : `${formatBytes(ingest.data.log.lagBytes)} on their way to the store, ${ingest.data.log.lagSeconds.toFixed(1)} s behind`}
              </td>
            </tr>
          </tfoot>
        </table>
      )}
    </Card>
  );
}
