import { useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { ApiError } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Menu } from '@/components/controls/Menu';
import { Chart } from '@/components/chart/Chart';
import type { ChartDot } from '@/components/chart/dots';
import { chartPng, seriesCsv } from '@/components/chart/exportChart';
import type { ChartSeries } from '@/components/chart/series';
import { tracePath } from '@/components/data/TraceLink';
import { EmptyState, ErrorState, Skeleton, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { download } from '@/lib/clipboard';
import { formatDuration } from '@/lib/format';
import { absoluteRange } from '@/lib/timeRange';
import type { AskedQuery } from './useMetricQueries';
import type { Exemplar } from './useExemplars';
import styles from './Explorer.module.css';
import { isData, type ValueFormat } from './units';

export interface QueryChartProps {
  title: string;
  /** What its values are, in words. */
  unit: string;
  asked: readonly AskedQuery[];
  series: readonly ChartSeries[];
  format: ValueFormat;
  scale: 'linear' | 'log';
  exemplars: readonly Exemplar[];
  height?: number;
}

const chartHeight = 240;

/** A chart of one query, or of all of them, with its legend and what can be taken away from it. */
export function QueryChart({ title, unit, asked, series, format, scale, exemplars, height = chartHeight }: QueryChartProps) {
  const { resolved, setRange } = useTimeRange();
  const navigate = useNavigate();
  const figure = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(exemplars.map((exemplar) => [exemplar.id, exemplar])), [exemplars]);
  const dots = useMemo<ChartDot[]>(() => exemplars.map(({ id, time, value }) => ({ id, time, value, color: 'var(--info)' })), [exemplars]);
  const failed = asked.find(({ result }) => result.error)?.result;
  const isRefused = failed?.error instanceof ApiError && failed.error.status === 422;
  const isPending = asked.some(({ result }) => result.isPending) && !failed;
  const isStale = asked.some(({ result }) => result.isPlaceholderData);
  const hasPoints = series.some((one) => one.points.some(([, value]) => value !== null));
  const stepMillis = asked.find(({ result }) => result.data)?.result.data?.stepMillis;
  const warnings = asked.flatMap(({ result }) => result.data?.warnings ?? []);
  const open = (dot: ChartDot) => {
    const exemplar = byId.get(dot.id);
    if (exemplar?.traceId) void navigate({ to: tracePath(exemplar.traceId), search: { span: exemplar.spanId } as never });
  };
  const name = title.replace(/[^\w.-]+/g, '-').slice(0, 80);
  return (
    <div>
      <div className={styles.chartHead}>
        <span className={styles.unit}>{[unit, stepMillis && `step ${formatDuration(stepMillis * 1e6)}`].filter(Boolean).join(' · ')}</span>
        {hasPoints && (
          <Menu
            align="end"
            items={[
              { id: 'csv', label: 'Data as CSV', onSelect: () => download(`${name}.csv`, new Blob([seriesCsv(series)], { type: 'text/csv' })) },
              {
                id: 'png',
                label: 'Picture as PNG',
                onSelect: () => {
                  const canvas = figure.current?.querySelector('canvas');
                  if (canvas) void chartPng(canvas, title, series).then((picture) => picture && download(`${name}.png`, picture));
                },
              },
            ]}
            trigger={
              <Button size="s" look="quiet" aria-label={`Export the chart of ${title}`}>
                <Download size={13} /> Export
              </Button>
            }
          />
        )}
      </div>
      <Warnings warnings={warnings} />
      <div ref={figure} className={styles.chart} data-stale={isStale || undefined}>
        {isRefused ? (
          <EmptyState title="The server cannot answer this query">{failed.error?.message}</EmptyState>
        ) : failed ? (
          <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
        ) : isPending ? (
          <Skeleton height={height} />
        ) : !hasPoints ? (
          <EmptyState title="No points">There is nothing of this metric in this time that the filter lets through.</EmptyState>
        ) : (
          <Chart
            label={title}
            series={series}
            range={resolved}
            format={format}
            height={height}
            scale={scale}
            ticks={asked.every(({ info, reading }) => info && isData(info, reading)) ? 'binary' : 'decimal'}
            legend="values"
            sync="metrics"
            dots={dots}
            onDotClick={open}
            onBrush={(from, to) => setRange(absoluteRange(from, to))}
          />
        )}
      </div>
    </div>
  );
}
