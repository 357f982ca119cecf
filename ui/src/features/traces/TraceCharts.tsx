import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search, Split, X } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { answer, client } from '@/api/client';
import { Chart } from '@/components/chart/Chart';
import { Heatmap, type HeatmapArea } from '@/components/chart/Heatmap';
import { chartPoints, type ChartSeries } from '@/components/chart/series';
import { Button, IconButton } from '@/components/controls/Button';
import { Tabs } from '@/components/controls/Tabs';
import { ErrorState, Skeleton } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatClock, formatCount, formatDuration, formatShare } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { Differences } from './Differences';
import type { TraceChart } from './route';
import styles from './TracesPage.module.css';

const height = 132;
const aggregates = ['count', 'error_rate', 'p50(duration)', 'p95(duration)', 'p99(duration)'];

const hints: Record<TraceChart, string> = {
  red: 'Drag to look closer',
  durations: 'Draw a rectangle to select times and durations',
  differences: 'What the selected spans have that the others have not',
};

interface TraceChartsProps {
  q: string | undefined;
  shown: TraceChart;
  selection: string | undefined;
  onShow: (chart: TraceChart) => void;
  onSelection: (selection: string | undefined) => void;
  onTime: (from: number, to: number) => void;
  onArea: (area: HeatmapArea) => void;
  onCompareArea: (area: HeatmapArea) => void;
  onNarrow: (field: string, value: string, negated: boolean) => void;
}

/** The spans that match: how many, how many failing, how long; a heatmap of durations; what some have that others have not. */
export function TraceCharts({ q, shown, selection, onShow, onSelection, onTime, onArea, onCompareArea, onNarrow }: TraceChartsProps) {
  return (
    <div className={styles.charts}>
      <Tabs
        label="Charts"
        tabs={[
          { id: 'red', label: 'Rate, errors, duration' },
          { id: 'durations', label: 'Durations' },
          { id: 'differences', label: 'What differs' },
        ]}
        value={shown}
        onChange={onShow}
        end={<span className={styles.hint}>{hints[shown]}</span>}
      >
        {shown === 'red' && <Red q={q} onTime={onTime} />}
        {shown === 'durations' && <Durations q={q} onArea={onArea} onCompareArea={onCompareArea} />}
        {shown === 'differences' && <Differences q={q} selection={selection} onSelection={onSelection} onNarrow={onNarrow} />}
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

function Durations({ q, onArea, onCompareArea }: Pick<TraceChartsProps, 'q' | 'onArea' | 'onCompareArea'>) {
  const { range, resolved } = useTimeRange();
  const { timeZone } = usePreferences();
  const [area, setArea] = useState<HeatmapArea>();
  const heatmap = useQuery({
    queryKey: ['spans-heatmap', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/spans/heatmap', { params: { query: { ...range, q } }, signal })),
    placeholderData: keepPreviousData,
  });
  if (heatmap.error) return <ErrorState error={heatmap.error} onRetry={() => void heatmap.refetch()} compact />;
  if (!heatmap.data) return <Loading />;
  return (
    <div className={styles.heatmap}>
      <Heatmap label="Durations of matching spans" data={heatmap.data} range={resolved} height={height + 18} onBrush={setArea} />
      {area && (
        <div className={styles.area} role="group" aria-label="Selected times and durations">
          <span>
            {formatClock(area.from, timeZone, 0)} to {formatClock(area.to, timeZone, 0)}, {formatDuration(area.durationFrom)} to {formatDuration(area.durationTo)}
          </span>
          <Button size="s" look="primary" onClick={() => onArea(area)}>
            <Search size={13} /> Only these
          </Button>
          <Button size="s" onClick={() => onCompareArea(area)}>
            <Split size={13} /> How do they differ?
          </Button>
          <IconButton label="Leave the selection" size="s" onClick={() => setArea(undefined)}>
            <X size={13} />
          </IconButton>
        </div>
      )}
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
      <h2>{title}</h2>
      {children}
    </div>
  );
}

interface Aggregated {
  series?: readonly { aggregate: string; points: Parameters<typeof chartPoints>[0] }[];
}

function split(answered: Aggregated): Record<'count' | 'errors' | 'durations', ChartSeries[]> {
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
