import { useMemo } from 'react';
import type { Schema } from '@/api/client';
import { Chart } from '@/components/chart/Chart';
import { redFigures, redLine } from '@/components/chart/red';
import type { ChartSeries } from '@/components/chart/series';
import columns from '@/components/layout/Columns.module.css';
import { Card } from '@/components/layout/Page';
import { ErrorState, Skeleton } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { serviceColor } from '@/lib/color';
import { formatDuration, formatRate, formatShare } from '@/lib/format';
import { absoluteRange } from '@/lib/timeRange';

export interface Red {
  stepNanos: number;
  series: Schema<'RedSeries'>[];
}

const linesMax = 12;
const height = 150;

export function RedCharts({ red, error }: { red: Red | undefined; error: unknown }) {
  const { resolved, setRange } = useTimeRange();
  const lines = useMemo(() => {
    if (!red) return undefined;
    const shown = [...red.series].sort((a, b) => total(b) - total(a)).slice(0, linesMax);
    const build = (kind: ChartSeries['kind'], value: Parameters<typeof redLine>[3], empty: 0 | null): ChartSeries[] =>
      shown.map((one) => ({
        id: one.serviceName ?? '',
        label: one.serviceName || '(no service name)',
        color: serviceColor(one.serviceName ?? ''),
        points: redLine(one.points, red.stepNanos, resolved, value, empty),
        kind,
      }));
    return {
      rate: build('line', redFigures.rate(red.stepNanos), 0),
      errors: build('line', redFigures.errorShare, 0),
      durations: build('line', redFigures.p95, null),
    };
  }, [red, resolved]);
  const onBrush = (from: number, to: number) => setRange(absoluteRange(from, to));
  const charts = [
    { title: 'Requests', key: 'rate', format: formatRate },
    { title: 'Failing requests', key: 'errors', format: formatShare },
    { title: 'Duration, 95th percentile', key: 'durations', format: formatDuration },
  ] as const;
  return (
    <div className={columns.charts}>
      {charts.map(({ title, key, format }) => (
        <Card key={key} title={title}>
          {error ? (
            <ErrorState error={error} compact />
          ) : lines ? (
            <Chart label={`${title} by service`} series={lines[key]} range={resolved} format={format} height={height} onBrush={onBrush} sync="overview" stacked={key === 'rate'} />
          ) : (
            <Skeleton height={height} />
          )}
        </Card>
      ))}
    </div>
  );
}

function total(series: Schema<'RedSeries'>): number {
  return series.points.reduce((sum, point) => sum + point.spanCount, 0);
}
