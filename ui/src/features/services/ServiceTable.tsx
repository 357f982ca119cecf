import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Schema } from '@/api/client';
import { redFigures, redLine } from '@/components/chart/red';
import { Sparkline } from '@/components/chart/Sparkline';
import { ErrorShare } from '@/components/data/figures';
import { ServiceLink } from '@/components/data/ServiceLink';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDuration, formatRate } from '@/lib/format';
import styles from './Services.module.css';

type Service = Schema<'ServiceSummary'>;

interface ServiceTableProps {
  services: readonly Service[];
  red: Schema<'RedAnswer'> | undefined;
  sort: string;
  onSort: (sort: string) => void;
}

const poorApdex = 0.7;
const fairApdex = 0.85;
const sparkWidth = 96;

export function ServiceTable({ services, red, sort, onSort }: ServiceTableProps) {
  const { resolved } = useTimeRange();
  const navigate = useNavigate();
  const columns = useMemo<Column<Service>[]>(() => {
    const lines = new Map(red?.series.map((series) => [series.serviceName ?? '', series.points]));
    const line = (name: string, value: Parameters<typeof redLine>[3], empty: 0 | null) => (red ? redLine(lines.get(name) ?? [], red.stepNanos, resolved, value, empty) : []);
    const spark = (id: string, header: string, render: Column<Service>['render']): Column<Service> => ({ id, header: <span className="visually-hidden">{header}</span>, width: `${sparkWidth}px`, render: (service, index) => <span className={styles.spark}>{render(service, index)}</span> });
    const figure = (id: string, header: string, width: string, render: Column<Service>['render']): Column<Service> => ({ id, header, width, align: 'end', sortKey: id, render });
    return [
      { id: 'name', header: 'Service', width: 'minmax(180px, 1fr)', sortKey: 'name', render: (service) => <ServiceLink name={service.name} /> },
      spark('rate.line', 'Requests over time', (service) => (
        <Sparkline label={`Requests of ${service.name}`} points={line(service.name, redFigures.rate(red?.stepNanos ?? 1), 0)} range={resolved} width={sparkWidth} color="var(--text-faint)" />
      )),
      figure('rate', 'Requests', '76px', (service) => formatRate(service.ratePerSecond)),
      spark('errors.line', 'Failing over time', (service) =>
        service.errorRate > 0 ? (
          <Sparkline label={`Failing requests of ${service.name}`} points={line(service.name, redFigures.errorShare, 0)} range={resolved} width={sparkWidth} color="var(--error-fill)" />
        ) : null,
      ),
      figure('errors', 'Failing', '64px', (service) => <ErrorShare share={service.errorRate} />),
      figure('p50', 'p50', '70px', (service) => formatDuration(service.durationP50Nanos)),
      spark('p95.line', 'Duration over time', (service) => <Sparkline label={`Duration of ${service.name}`} points={line(service.name, redFigures.p95, null)} range={resolved} width={sparkWidth} color="var(--text-faint)" />),
      figure('p95', 'p95', '70px', (service) => formatDuration(service.durationP95Nanos)),
      figure('p99', 'p99', '70px', (service) => formatDuration(service.durationP99Nanos)),
      figure('apdex', 'Apdex', '60px', (service) => <Apdex score={service.apdex} />),
    ];
  }, [red, resolved]);
  return (
    <VirtualTable
      label="Services"
      columns={columns}
      rowCount={services.length}
      getRow={(index) => services[index]}
      rowHeight={36}
      sort={sort}
      onSort={onSort}
      onOpen={(service) => service.name && void navigate({ to: '/services/$serviceName', params: { serviceName: service.name } })}
    />
  );
}

function Apdex({ score }: { score: number | undefined }) {
  if (score === undefined) return <span className={styles.nothing}>–</span>;
  return (
    <span className={styles.score} data-tone={score < poorApdex ? 'error' : score < fairApdex ? 'warn' : undefined}>
      {score.toFixed(2)}
    </span>
  );
}
