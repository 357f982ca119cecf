import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Schema } from '@/api/client';
import { redFigures, redLine } from '@/components/chart/red';
import { Sparkline } from '@/components/chart/Sparkline';
import { ServiceBadge } from '@/components/data/badges';
import { SortHead } from '@/components/data/SortHead';
import { quote } from '@/components/filter/language';
import { Card } from '@/components/layout/Page';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDuration, formatRate, formatShare } from '@/lib/format';
import styles from './Overview.module.css';
import type { Red } from './RedCharts';

type Service = Schema<'ServiceSummary'>;

const sorts: Record<string, (service: Service) => number | string> = {
  name: (service) => service.name,
  rate: (service) => service.ratePerSecond,
  errors: (service) => service.errorRate,
  p50: (service) => service.durationP50Nanos,
  p95: (service) => service.durationP95Nanos,
  p99: (service) => service.durationP99Nanos,
};

const alarming = 0.05;
const notable = 0.01;

export function ServiceTable({ services, red }: { services: readonly Service[]; red: Red | undefined }) {
  const { resolved } = useTimeRange();
  const [sort, setSort] = useState('-rate');
  const sorted = useMemo(() => {
    const by = sorts[sort.replace(/^-/, '')] ?? sorts.rate!;
    const order = sort.startsWith('-') ? -1 : 1;
    return [...services].sort((a, b) => (by(a) < by(b) ? -order : by(a) > by(b) ? order : 0));
  }, [services, sort]);
  const lines = useMemo(() => new Map(red?.series.map((series) => [series.serviceName ?? '', series.points])), [red]);
  const line = (name: string, value: Parameters<typeof redLine>[3], empty: 0 | null) => (red ? redLine(lines.get(name) ?? [], red.stepNanos, resolved, value, empty) : []);
  return (
    <Card title="Services" flush>
      <div className={styles.scroller}>
        <table className={styles.table}>
          <thead>
            <tr>
              <SortHead id="name" sort={sort} onSort={setSort}>
                Service
              </SortHead>
              <SortHead id="rate" sort={sort} onSort={setSort} colSpan={2} align="end">
                Requests
              </SortHead>
              <SortHead id="errors" sort={sort} onSort={setSort} colSpan={2} align="end">
                Failing
              </SortHead>
              <SortHead id="p50" sort={sort} onSort={setSort} align="end">
                p50
              </SortHead>
              <SortHead id="p95" sort={sort} onSort={setSort} colSpan={2} align="end">
                p95
              </SortHead>
              <SortHead id="p99" sort={sort} onSort={setSort} align="end">
                p99
              </SortHead>
            </tr>
          </thead>
          <tbody>
            {sorted.map((service) => (
              <tr key={service.name}>
                <td>
                  <Link to="/traces" search={{ q: `service.name = ${quote(service.name)}` }} className={styles.service}>
                    <ServiceBadge name={service.name} />
                  </Link>
                </td>
                <td className={styles.spark}>
                  <Sparkline label={`Requests of ${service.name}`} points={line(service.name, redFigures.rate(red?.stepNanos ?? 1), 0)} range={resolved} width={84} color="var(--text-faint)" />
                </td>
                <td className={styles.number}>{formatRate(service.ratePerSecond)}</td>
                <td className={styles.spark}>
                  {service.errorRate > 0 && (
                    <Sparkline label={`Failing requests of ${service.name}`} points={line(service.name, redFigures.errorShare, 0)} range={resolved} width={84} color="var(--error-fill)" />
                  )}
                </td>
                <td className={styles.number} data-tone={service.errorRate >= alarming ? 'error' : service.errorRate >= notable ? 'warn' : service.errorRate === 0 ? 'none' : undefined}>
                  {formatShare(whereAsked(service, service.errorRate))}
                </td>
                <td className={styles.number}>{formatDuration(whereAsked(service, service.durationP50Nanos))}</td>
                <td className={styles.spark}>
                  <Sparkline label={`Duration of ${service.name}`} points={line(service.name, redFigures.p95, null)} range={resolved} width={84} color="var(--text-faint)" />
                </td>
                <td className={styles.number}>{formatDuration(whereAsked(service, service.durationP95Nanos))}</td>
                <td className={styles.number}>{formatDuration(whereAsked(service, service.durationP99Nanos))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** A service nobody asked anything has no durations and no share of failures, which is not the same as zero. */
function whereAsked(service: Service, figure: number): number | null {
  return service.requestCount > 0 ? figure : null;
}
