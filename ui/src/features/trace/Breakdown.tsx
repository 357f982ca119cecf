import { useMemo, useState } from 'react';
import type { Schema } from '@/api/client';
import { ErrorCount, ServiceBadge } from '@/components/data/badges';
import { SortHead } from '@/components/data/SortHead';
import { quote } from '@/components/filter/language';
import { Card } from '@/components/layout/Page';
import { ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { serviceColor } from '@/lib/color';
import { formatCount, formatDuration, formatShare } from '@/lib/format';
import styles from './Breakdown.module.css';
import { useAnalysis } from './useAnalysis';

type Operation = Schema<'TraceAnalysis'>['operations'][number];

const sorts: Record<string, (operation: Operation) => number | string> = {
  name: (operation) => `${operation.serviceName} ${operation.name}`,
  spans: (operation) => operation.spanCount,
  errors: (operation) => operation.errorCount,
  total: (operation) => operation.durationTotalNanos,
  max: (operation) => operation.durationMaxNanos,
  self: (operation) => operation.selfTimeNanos,
  critical: (operation) => operation.criticalPathNanos,
};

/** Where the time of the trace went: by service, by operation. */
export default function Breakdown({ traceId, onFind }: { traceId: string; onFind: (find: string) => void }) {
  const analysis = useAnalysis(traceId);
  if (analysis.error) return <ErrorState error={analysis.error} onRetry={() => void analysis.refetch()} />;
  if (!analysis.data) return <SkeletonLines count={12} />;
  const { services, operations, durationNanos, warnings } = analysis.data;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <div className={styles.page} tabIndex={0} role="region" aria-label="Services and operations">
      <Warnings warnings={warnings} />
      <Card title="Own time by service" end={<span className={styles.note}>time in which a service was at work itself, not waiting for others</span>}>
        <div className={styles.strip} role="img" aria-label={services.map((service) => `${service.serviceName}: ${formatShare(service.selfTimeShare)}`).join(', ')}>
          {services.map((service) => (
            <span key={service.serviceName} style={{ flexGrow: service.selfTimeShare, background: serviceColor(service.serviceName) }} title={`${service.serviceName}: ${formatDuration(service.selfTimeNanos)}`} />
          ))}
        </div>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">Spans</th>
              <th scope="col">Errors</th>
              <th scope="col">Own time</th>
              <th scope="col">Share</th>
              <th scope="col">On the critical path</th>
            </tr>
          </thead>
          <tbody>
            {services.map((service) => (
              <tr key={service.serviceName}>
                <td>
                  <button type="button" className={styles.find} onClick={() => onFind(`service.name = ${quote(service.serviceName)}`)}>
                    <ServiceBadge name={service.serviceName} />
                  </button>
                </td>
                <td>{formatCount(service.spanCount)}</td>
                <td>
                  <ErrorCount count={service.errorCount} />
                </td>
                <td>{formatDuration(service.selfTimeNanos)}</td>
                <td>{formatShare(service.selfTimeShare)}</td>
                <td>
                  {formatDuration(service.criticalPathNanos)} <span className={styles.faint}>{formatShare(durationNanos > 0 ? service.criticalPathNanos / durationNanos : 0)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title="Operations" flush>
        <Operations operations={operations} durationNanos={durationNanos} onFind={onFind} />
      </Card>
    </div>
  );
}

function Operations({ operations, durationNanos, onFind }: { operations: readonly Operation[]; durationNanos: number; onFind: (find: string) => void }) {
  const [sort, setSort] = useState('-self');
  const sorted = useMemo(() => {
    const by = sorts[sort.replace(/^-/, '')] ?? sorts.self!;
    const order = sort.startsWith('-') ? -1 : 1;
    return [...operations].sort((a, b) => (by(a) < by(b) ? -order : by(a) > by(b) ? order : 0));
  }, [operations, sort]);
  const head = (id: string, text: string, align: 'start' | 'end' = 'end') => (
    <SortHead id={id} sort={sort} onSort={setSort} align={align}>
      {text}
    </SortHead>
  );
  return (
    <table className={`${styles.table} ${styles.flush}`}>
      <thead>
        <tr>
          {head('name', 'Operation', 'start')}
          {head('spans', 'Spans')}
          {head('errors', 'Errors')}
          {head('total', 'Total')}
          {head('max', 'Longest')}
          {head('self', 'Own time')}
          {head('critical', 'Critical path')}
        </tr>
      </thead>
      <tbody>
        {sorted.map((operation) => (
          <tr key={`${operation.serviceName} ${operation.name} ${operation.kind}`}>
            <td>
              <button type="button" className={styles.find} onClick={() => onFind(`service.name = ${quote(operation.serviceName)} and name = ${quote(operation.name)}`)}>
                <ServiceBadge name={operation.serviceName} muted />
                <span className={styles.name}>{operation.name}</span>
                <span className={styles.faint}>{operation.kind}</span>
              </button>
            </td>
            <td>{formatCount(operation.spanCount)}</td>
            <td>
              <ErrorCount count={operation.errorCount} />
            </td>
            <td>{formatDuration(operation.durationTotalNanos)}</td>
            <td>{formatDuration(operation.durationMaxNanos)}</td>
            <td>
              <span className={styles.meter} style={{ width: `${durationNanos > 0 ? Math.min(1, operation.selfTimeNanos / durationNanos) * 60 : 0}px` }} aria-hidden />
              {formatDuration(operation.selfTimeNanos)}
            </td>
            <td>{formatDuration(operation.criticalPathNanos)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
