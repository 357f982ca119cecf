import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { answer, client, type Schema } from '@/api/client';
import { redFigures, redLine } from '@/components/chart/red';
import { Sparkline } from '@/components/chart/Sparkline';
import { ServiceBadge } from '@/components/data/badges';
import { quote } from '@/components/filter/language';
import { Card } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount, formatShare } from '@/lib/format';
import styles from './Overview.module.css';

const shownMax = 8;

/** The operations that fail most, each with when it does. */
export function Troubles() {
  const { range, resolved } = useTimeRange();
  const red = useQuery({
    queryKey: ['red', range, 'operation'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/red', { params: { query: { ...range, groupBy: 'operation' } }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title="What fails most">
      {red.error ? (
        <ErrorState error={red.error} onRetry={() => void red.refetch()} compact />
      ) : !red.data ? (
        <SkeletonLines />
      ) : (
        <List operations={worst(red.data.series)} stepNanos={red.data.stepNanos} range={resolved} />
      )}
    </Card>
  );
}

interface Operation {
  series: Schema<'RedSeries'>;
  errors: number;
  share: number;
}

function worst(series: readonly Schema<'RedSeries'>[]): Operation[] {
  return series
    .map((one) => {
      let [spans, errors] = [0, 0];
      for (const point of one.points) {
        spans += point.spanCount;
        errors += point.errorCount;
      }
      return { series: one, errors, share: spans > 0 ? errors / spans : 0 };
    })
    .filter((one) => one.errors > 0)
    .sort((a, b) => b.errors - a.errors)
    .slice(0, shownMax);
}

function List({ operations, stepNanos, range }: { operations: Operation[]; stepNanos: number; range: { from: number; to: number } }) {
  if (operations.length === 0) return <EmptyState title="Nothing fails" icon={<CircleCheck size={22} />}>No span of this time has the status error.</EmptyState>;
  return (
    <ul className={styles.troubles}>
      {operations.map(({ series, errors, share }) => (
        <li key={`${series.serviceName} ${series.name}`}>
          <Link to="/traces" search={{ q: `service.name = ${quote(series.serviceName ?? '')} and name = ${quote(series.name ?? '')} and status = error` }} className={styles.trouble}>
            <span className={styles.operation}>
              <span className={styles.operationName}>{series.name}</span>
              <ServiceBadge name={series.serviceName ?? ''} muted />
            </span>
            <Sparkline label={`Errors of ${series.name}`} points={redLine(series.points, stepNanos, range, redFigures.errors(stepNanos), 0)} range={range} width={90} color="var(--error-fill)" />
            <span className={styles.figures}>
              <strong>{formatCount(errors)}</strong>
              {formatShare(share)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
