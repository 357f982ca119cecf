import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { answer, client } from '@/api/client';
import { Chart } from '@/components/chart/Chart';
import { Heatmap, type HeatmapArea } from '@/components/chart/Heatmap';
import { chartPoints, type ChartSeries } from '@/components/chart/series';
import { Tabs } from '@/components/controls/Tabs';
import { ErrorState, Skeleton } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount, formatDuration, formatShare } from '@/lib/format';
import { usePagePreference } from '@/lib/preferences';
import styles from './TracesPage.module.css';

const height = 132;
const aggregates = ['count', 'error_rate', 'p50(duration)', 'p95(duration)', 'p99(duration)'];

interface TraceChartsProps {
  q: string | undefined;
  onTime: (from: number, to: number) => void;
  onArea: (area: HeatmapArea) => void;
}

/** The spans that match: how many, how many failing, how long; as lines or as a heatmap of durations. */
export function TraceCharts({ q, onTime, onArea }: TraceChartsProps) {
  const [shown, setShown] = usePagePreference<'red' | 'heatmap'>('traces.chart', 'red');
  return (
    <div className={styles.charts}>
      <Tabs
        label="Charts"
        tabs={[
          { id: 'red', label: 'Rate, errors, duration' },
          { id: 'heatmap', label: 'Durations' },
        ]}
        value={shown}
        onChange={setShown}
        end={<span className={styles.hint}>{shown === 'red' ? 'Drag to look closer' : 'Draw a rectangle to select times and durations'}</span>}
      >
        {shown === 'red' ? <Red q={q} onTime={onTime} /> : <Durations q={q} onArea={onArea} />}
      </Tabs>
    </div>
  );
}

function Red({ q, onTime }: Pick<TraceChartsProps, 'q' | 'onTime'>) {
  const { range, resolved } = useTimeRange();
  const red = useQuery({
    queryKey: ['spans-aggregate', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/spans/aggregate', { params: { query: { ...range, q, aggregates, step: 'auto' } }, signal })),
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(() => red.data && split(red.data), [red.data]);
  if (red.error) return <ErrorState error={red.error} onRetry={() => void red.refetch()} compact />;
  if (!lines) return <Loading />;
  return (
    <div className={styles.red}>
      <Small title="Spans">
        <Chart label="Matching spans over time" series={lines.count} range={resolved} format={formatCount} height={height} onBrush={onTime} sync="traces" />
      </Small>
      <Small title="Failing">
        <Chart label="Share of failing spans over time" series={lines.errors} range={resolved} format={formatShare} height={height} onBrush={onTime} sync="traces" />
      </Small>
      <Small title="Duration">
        <Chart label="Durations over time" series={lines.durations} range={resolved} format={formatDuration} height={height} onBrush={onTime} sync="traces" />
      </Small>
    </div>
  );
}

function Durations({ q, onArea }: Pick<TraceChartsProps, 'q' | 'onArea'>) {
  const { range, resolved } = useTimeRange();
  const heatmap = useQuery({
    queryKey: ['spans-heatmap', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/spans/heatmap', { params: { query: { ...range, q } }, signal })),
    placeholderData: keepPreviousData,
  });
  if (heatmap.error) return <ErrorState error={heatmap.error} onRetry={() => void heatmap.refetch()} compact />;
  if (!heatmap.data) return <Loading />;
  return (
    <div className={styles.heatmap}>
      <Heatmap label="Durations of matching spans" data={heatmap.data} range={resolved} height={height + 18} onBrush={onArea} />
    </div>
  );
}

function Loading() {
  return (
    <div className={styles.heatmap}>
      <Skeleton height={height + 18} />
    </div>
  );
}

function Small({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.small}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function split(answered: { series?: { aggregate: string; points: (number | null)[][] }[] }): Record<'count' | 'errors' | 'durations', ChartSeries[]> {
  const points = (aggregate: string) => chartPoints(answered.series?.find((series) => series.aggregate === aggregate)?.points);
  const line = (id: string, label: string, color: string, kind: ChartSeries['kind'] = 'line'): ChartSeries => ({ id, label, color, kind, points: points(id) });
  return {
    count: [line('count', 'Spans', 'var(--accent)', 'bars')],
    errors: [line('error_rate', 'Failing', 'var(--error-fill)', 'area')],
    durations: [
      line('p99(duration)', 'p99', 'var(--text-faint)'),
      line('p95(duration)', 'p95', 'var(--accent)'),
      line('p50(duration)', 'p50', 'var(--ok-fill)'),
    ],
  };
}
