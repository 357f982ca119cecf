import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client } from '@/api/client';
import { Chart } from '@/components/chart/Chart';
import { chartPoints, type ChartSeries } from '@/components/chart/series';
import { ErrorState, Skeleton } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { severities, type Severity, severityColor } from '@/lib/color';
import { formatCount, formatDuration, formatInteger } from '@/lib/format';
import { absoluteRange } from '@/lib/timeRange';
import styles from './Logs.module.css';

export interface LogVolumeProps {
  /** The filter without the severities, which are counted all the same. */
  q: string | undefined;
  chosen: readonly Severity[] | undefined;
  onToggle: (severity: Severity) => void;
  onClear: () => void;
  /** The filter is not understood, which is said at its box. */
  isUnreadable: boolean;
}

const heightPixels = 92;

/** How much was logged when, by severity: the bars select a time, the words select severities. */
export function LogVolume({ q, chosen, onToggle, onClear, isUnreadable }: LogVolumeProps) {
  const { range, resolved, setRange } = useTimeRange();
  const volume = useQuery({
    queryKey: ['logs', 'histogram', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/logs/histogram', { params: { query: { ...range, q } }, signal })),
    placeholderData: keepPreviousData,
  });
  const data = volume.data;
  const series = useMemo<ChartSeries[]>(
    () =>
      (data?.series ?? [])
        .filter(({ severity }) => !chosen || chosen.includes(severity))
        .map(({ severity, points }) => ({ id: severity, label: severity, color: severityColor(severity), points: chartPoints(points), kind: 'bars' })),
    [data, chosen],
  );
  const counts = useMemo(() => new Map((data?.series ?? []).map(({ severity, points }) => [severity, chartPoints(points).reduce((sum, [, count]) => sum + (count ?? 0), 0)])), [data]);
  const shown = chosen ? chosen.reduce((sum, severity) => sum + (counts.get(severity) ?? 0), 0) : data?.total;
  return (
    <section className={styles.volume} aria-label="Volume">
      <div className={styles.severities} role="group" aria-label="Severities">
        {severities
          .filter((severity) => severity !== 'unset' || counts.has('unset') || chosen?.includes('unset'))
          .map((severity) => (
            <button key={severity} type="button" className={styles.severity} data-severity={severity} aria-pressed={chosen?.includes(severity) ?? false} onClick={() => onToggle(severity)}>
              <span className={styles.swatch} style={{ background: severityColor(severity) }} aria-hidden />
              {severity}
              <span className={styles.count}>{data ? formatCount(counts.get(severity) ?? 0) : ' '}</span>
            </button>
          ))}
        {chosen && (
          <button type="button" className={styles.more} onClick={onClear}>
            all severities
          </button>
        )}
        <span className={styles.total}>
          {shown !== undefined && `${formatInteger(shown)} records`}
          {data && ` · ${formatDuration(data.stepNanos)} per bar`}
        </span>
      </div>
      {isUnreadable ? null : volume.error ? (
        <ErrorState error={volume.error} onRetry={() => void volume.refetch()} compact />
      ) : data ? (
        <Chart label="Log records over time, by severity" series={series} range={resolved} format={formatCount} height={heightPixels} stacked onBrush={(from, to) => setRange(absoluteRange(from, to))} />
      ) : (
        <Skeleton height={heightPixels} />
      )}
    </section>
  );
}
