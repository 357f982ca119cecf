import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { answer, client } from '@/api/client';
import { redFigures, redLine } from '@/components/chart/red';
import { Sparkline } from '@/components/chart/Sparkline';
import { Button } from '@/components/controls/Button';
import { ErrorShare } from '@/components/data/figures';
import { serviceFilter } from '@/components/data/ServiceLink';
import { SortHead } from '@/components/data/SortHead';
import table from '@/components/data/Table.module.css';
import { quote } from '@/components/filter/language';
import { Card } from '@/components/layout/Page';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDuration, formatInteger, formatRate } from '@/lib/format';
import { arrangeOperations, type Operation, type Side } from './operations';
import styles from './Service.module.css';

const shownAtFirst = 15;
const linesMax = 1000;
const sides: { id: Side; label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'in', label: 'Incoming' },
  { id: 'out', label: 'Outgoing' },
];

/** What the service does, each with its figures and a way to its traces. */
export function Operations({ serviceName, operations }: { serviceName: string; operations: readonly Operation[] }) {
  const { range, resolved } = useTimeRange();
  const [sort, setSort] = useState('-total');
  const [side, setSide] = useState<Side>('all');
  const [isWhole, setIsWhole] = useState(false);
  const red = useQuery({
    queryKey: ['red', range, 'operation', serviceName],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/red', { params: { query: { ...range, service: serviceName, groupBy: 'operation', limit: linesMax } }, signal })),
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(
    () => new Map(red.data?.series.map((series) => [series.name ?? '', redLine(series.points, red.data.stepNanos, resolved, redFigures.rate(red.data.stepNanos), 0)])),
    [red.data, resolved],
  );
  const arranged = arrangeOperations(operations, side, sort);
  const shown = isWhole ? arranged : arranged.slice(0, shownAtFirst);
  const longest = operations.reduce((most, one) => Math.max(most, one.durationTotalNanos), 0);
  const head = (id: string, label: string, align: 'start' | 'end' = 'end', colSpan?: number) => (
    <SortHead id={id} sort={sort} onSort={setSort} align={align} colSpan={colSpan}>
      {label}
    </SortHead>
  );
  return (
    <Card
      title="Operations"
      flush
      end={
        <div className={styles.choice} role="group" aria-label="Which operations">
          {sides.map(({ id, label }) => (
            <Button key={id} size="s" pressed={side === id} onClick={() => setSide(id)}>
              {label}
            </Button>
          ))}
        </div>
      }
    >
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className={table.scroller} role="region" aria-label="Operations" tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              {head('name', 'Operation', 'start')}
              {head('kind', 'Kind', 'start')}
              {head('rate', 'Rate', 'end', 2)}
              {head('errors', 'Failing')}
              {head('p50', 'p50')}
              {head('p95', 'p95')}
              {head('p99', 'p99')}
              {head('total', 'Time in all')}
            </tr>
          </thead>
          <tbody>
            {shown.map((operation) => (
              <tr key={`${operation.kind} ${operation.name}`}>
                <td className={table.clip} title={operation.name}>
                  <Link to="/traces" search={{ q: `${serviceFilter(serviceName)} and name = ${quote(operation.name)}` }} className={table.strong}>
                    {operation.name}
                  </Link>
                </td>
                <td className={table.muted}>{operation.kind}</td>
                <td className={styles.spark}>
                  <Sparkline label={`Spans of ${operation.name}`} points={lines.get(operation.name) ?? []} range={resolved} width={72} color="var(--text-faint)" />
                </td>
                <td className={table.number} title={`${formatInteger(operation.spanCount)} spans`}>
                  {formatRate(operation.ratePerSecond)}
                </td>
                <td className={table.number}>
                  <ErrorShare share={operation.errorRate} />
                </td>
                <td className={table.number}>{formatDuration(operation.durationP50Nanos)}</td>
                <td className={table.number}>{formatDuration(operation.durationP95Nanos)}</td>
                <td className={table.number}>{formatDuration(operation.durationP99Nanos)}</td>
                <td className={`${table.number} ${styles.total}`}>
                  <span className={styles.share} style={{ width: `${(100 * operation.durationTotalNanos) / Math.max(1, longest)}%` }} aria-hidden />
                  {formatDuration(operation.durationTotalNanos)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {arranged.length === 0 && <p className={styles.nothing}>None of this kind.</p>}
      {arranged.length > shown.length && (
        <Button look="quiet" className={styles.more} onClick={() => setIsWhole(true)}>
          All {formatInteger(arranged.length)}
        </Button>
      )}
    </Card>
  );
}
