import { ChartLine, Plus } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { answer, client } from '@/api/client';
import { IconButton } from '@/components/controls/Button';
import { SearchInput } from '@/components/controls/SearchInput';
import { ServiceList } from '@/components/data/badges';
import { usePagedRows } from '@/components/data/usePagedRows';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount, formatInteger } from '@/lib/format';
import { lineText } from '@/lib/attributes';
import { kindText, type MetricInfo } from './aggregations';
import styles from './Catalog.module.css';

export interface CatalogProps {
  search: string;
  onSearch: (search: string) => void;
  onOpen: (metric: MetricInfo) => void;
  /** Beside the others; absent where there are none yet. */
  onAdd?: (metric: MetricInfo) => void;
  /** A narrow list beside charts. */
  compact?: boolean;
}

const pageSize = 100;

/** The metrics that had points in the range. */
export function Catalog({ search, onSearch, onOpen, onAdd, compact = false }: CatalogProps) {
  const { range } = useTimeRange();
  const wanted = useDeferredValue(search.trim());
  const paged = usePagedRows<MetricInfo>({
    queryKey: ['metrics', range, wanted],
    pageSize,
    fetchPage: async (cursor, signal) => {
      const page = await answer(client.GET('/api/v1/metrics', { params: { query: { ...range, search: wanted || undefined, limit: pageSize, cursor } }, signal }));
      return { rows: page.metrics, nextCursor: page.nextCursor, warnings: page.warnings };
    },
  });
  const columns = useMemo(() => (compact ? compactColumns(onAdd) : wideColumns), [compact, onAdd]);
  return (
    <div className={styles.catalog} data-compact={compact || undefined}>
      <div className={styles.search}>
        <SearchInput label="Find a metric" placeholder="Find a metric by its name" value={search} onChange={onSearch} primary />
        {!compact && paged.rowCount > 0 && <span className={styles.count}>{`${formatInteger(paged.rowCount)}${paged.hasMore ? '+' : ''} metrics`}</span>}
      </div>
      <Warnings warnings={compact ? undefined : paged.warnings} />
      <div className={styles.list}>
        {paged.error ? (
          <ErrorState error={paged.error} onRetry={paged.retry} compact={compact} />
        ) : paged.isLoading ? (
          <SkeletonLines count={12} label="Loading metrics" />
        ) : paged.rowCount === 0 ? (
          <EmptyState icon={<ChartLine size={24} />} title="No metrics">
            {wanted ? 'No name has this in it.' : 'No points came in this time.'}
          </EmptyState>
        ) : (
          <VirtualTable label="Metrics" columns={columns} rowCount={paged.rowCount} getRow={paged.getRow} onVisibleRange={paged.onVisibleRange} rowHeight={compact ? 42 : 32} onOpen={onOpen} />
        )}
      </div>
    </div>
  );
}

const wideColumns: Column<MetricInfo>[] = [
  { id: 'name', header: 'Name', width: 'minmax(220px, 1.4fr)', render: (metric) => <span className={styles.name}>{lineText(metric.name)}</span> },
  { id: 'description', header: 'Description', width: 'minmax(160px, 1.6fr)', render: (metric) => <span className={styles.muted}>{lineText(metric.description ?? '', 200)}</span> },
  { id: 'kind', header: 'Type', width: '124px', render: (metric) => <span data-kind={metric.type}>{kindText(metric)}</span> },
  { id: 'temporality', header: 'Temporality', width: '92px', render: (metric) => <span className={styles.muted}>{metric.temporality ?? '–'}</span> },
  { id: 'unit', header: 'Unit', width: '90px', render: (metric) => <span className={styles.unit}>{metric.unit || '–'}</span> },
  { id: 'series', header: 'Series', width: '64px', align: 'end', render: (metric) => formatCount(metric.seriesCount) },
  { id: 'services', header: 'Services', width: 'minmax(150px, 1fr)', render: (metric) => <ServiceList names={metric.services} max={2} /> },
];

function compactColumns(onAdd: ((metric: MetricInfo) => void) | undefined): Column<MetricInfo>[] {
  return [
    {
      id: 'name',
      header: 'Metric',
      width: 'minmax(0, 1fr)',
      render: (metric) => (
        <div className={styles.entry} title={metric.description}>
          <div className={styles.name}>{lineText(metric.name)}</div>
          <div className={styles.facts}>{[kindText(metric), metric.unit, `${formatCount(metric.seriesCount)} series`].filter(Boolean).join(' · ')}</div>
        </div>
      ),
    },
    ...(onAdd
      ? [
          {
            id: 'add',
            header: <span className="visually-hidden">Add</span>,
            width: '24px',
            render: (metric: MetricInfo) => (
              <IconButton label={`Add ${metric.name} beside the others`} size="s" onClick={() => onAdd(metric)}>
                <Plus size={14} />
              </IconButton>
            ),
          },
        ]
      : []),
  ];
}
