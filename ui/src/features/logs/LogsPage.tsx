import { getRouteApi } from '@tanstack/react-router';
import { ListFilter, ScrollText, WrapText } from 'lucide-react';
import { useState } from 'react';
import { answer, ApiError, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Facets } from '@/components/data/Facets';
import { usePagedRows } from '@/components/data/usePagedRows';
import { hasRule, toggleRule, valueRule } from '@/components/filter/fieldName';
import { FilterBar } from '@/components/filter/FilterBar';
import { literal } from '@/components/filter/language';
import { Page } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { usePagePreference } from '@/lib/preferences';
import { zoomRange } from '@/lib/timeRange';
import { keyOf, type LogRecord } from './fields';
import { LogColumns } from './LogColumns';
import { LogDetails } from './LogDetails';
import { LogExport } from './LogExport';
import { LogList } from './LogList';
import styles from './Logs.module.css';
import { LogVolume } from './LogVolume';
import { defaultColumns, filterOf, type LogsSearch, toggleSeverity } from './search';

const route = getRouteApi('/logs');
const pageSize = 100;
const facetValuesMax = 20;
/** Chosen above the list already. */
const severityFields = new Set(['severity', 'severityText']);

async function facetsOf(query: { start: string; end?: string; q?: string; limit: number }, signal: AbortSignal) {
  const { facets } = await answer(client.GET('/api/v1/logs/facets', { params: { query }, signal }));
  return facets.filter(({ field }) => !severityFields.has(field));
}

export default function LogsPage() {
  const { range, setRange } = useTimeRange();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [hasFacets, setFacets] = usePagePreference('logs.facets', true);
  const [opened, setOpened] = useState<LogRecord>();
  const filter = filterOf(search);
  const columns = search.columns ?? defaultColumns;
  const change = (next: Partial<LogsSearch>, replace = false) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace });
  const paged = usePagedRows<LogRecord>({
    queryKey: ['logs', range, filter],
    pageSize,
    fetchPage: async (cursor, signal) => {
      const page = await answer(client.GET('/api/v1/logs', { params: { query: { ...range, q: filter, limit: pageSize, cursor } }, signal }));
      return { rows: page.logs, nextCursor: page.nextCursor, warnings: page.warnings };
    },
  });
  const open = (record: LogRecord) => {
    setOpened(record);
    change({ log: keyOf(record) }, search.log !== undefined);
  };
  const problem = paged.error instanceof ApiError && paged.error.status === 422 ? paged.error.message : undefined;
  return (
    <Page
      title="Logs"
      body="fill"
      toolbar={<FilterBar signal="logs" page="logs" label="Filter logs" value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} placeholder={'body contains "timeout" and service.name = "cart"'} problem={problem} />}
    >
      {hasFacets && problem === undefined && (
        <aside className={styles.facets} data-beside={search.log !== undefined || undefined} aria-label="Values to narrow by">
          <Facets
            queryKey={['logs', 'facets', range, filter]}
            fetchFacets={(signal) => facetsOf({ ...range, q: filter, limit: facetValuesMax }, signal)}
            isChosen={(field, value) => hasRule(search.q, valueRule(field, value))}
            onSelect={(field, value, negated) => change({ q: toggleRule(search.q, valueRule(field, value, negated)) || undefined })}
          />
        </aside>
      )}
      <div className={styles.middle}>
        <LogVolume q={search.q} chosen={search.severity} onToggle={(severity) => change({ severity: toggleSeverity(search.severity, severity) })} onClear={() => change({ severity: undefined })} isUnreadable={problem !== undefined} />
        <div className={styles.bar}>
          <Button size="s" look="quiet" pressed={hasFacets} onClick={() => setFacets(!hasFacets)}>
            <ListFilter size={14} /> Values
          </Button>
          <Button size="s" look="quiet" pressed={search.wrap ?? false} onClick={() => change({ wrap: search.wrap ? undefined : true }, true)}>
            <WrapText size={14} /> Wrap
          </Button>
          <span className={styles.spacer} />
          <LogColumns columns={columns} onChange={(next) => change({ columns: next }, true)} />
          <LogExport filter={filter} />
        </div>
        <Warnings warnings={paged.warnings} />
        <div className={styles.list}>
          {paged.error && paged.rowCount === 0 ? (
            problem === undefined && <ErrorState error={paged.error} onRetry={paged.retry} />
          ) : paged.isLoading ? (
            <SkeletonLines count={18} label="Loading logs" />
          ) : paged.rowCount === 0 && !paged.hasMore ? (
            <EmptyState
              icon={<ScrollText size={24} />}
              title="No log records"
              actions={
                <>
                  <Button onClick={() => setRange(zoomRange(range, Date.now(), 4))}>Look at more time</Button>
                  {filter && <Button onClick={() => change({ q: undefined, severity: undefined })}>Without the filter</Button>}
                </>
              }
            >
              {filter ? 'Nothing in this time matches the filter.' : 'Nothing was logged in this time.'}
            </EmptyState>
          ) : (
            <LogList paged={paged} columns={columns} wrap={search.wrap ?? false} openKey={search.log} onOpen={open} />
          )}
        </div>
      </div>
      {search.log !== undefined && (
        <LogDetails
          key={search.log}
          id={search.log}
          known={opened && keyOf(opened) === search.log ? opened : undefined}
          columns={columns}
          onClose={() => change({ log: undefined }, true)}
          onFilter={(field, value, negated) => change({ q: toggleRule(search.q, `${field} ${negated ? '!=' : '='} ${literal(value)}`) || undefined })}
          onColumn={(field) => change({ columns: [...columns, field] }, true)}
          onOpen={(id) => change({ log: id }, true)}
        />
      )}
    </Page>
  );
}
