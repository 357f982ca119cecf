import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Page } from '@/components/layout/Page';
import type { MetricInfo } from './aggregations';
import { Catalog } from './Catalog';
import { Explorer } from './Explorer';
import { type MetricsSearch, queriesMax } from './search';

const route = getRouteApi('/explore');

export default function MetricsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback((next: Partial<MetricsSearch>, replace = false) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace }), [navigate]);
  const { queries } = search;
  const open = (metric: MetricInfo) => change({ queries: [{ m: metric.name }], of: undefined });
  const add = useCallback((metric: MetricInfo) => change({ queries: [...(queries ?? []), { m: metric.name }].slice(0, queriesMax) }), [change, queries]);
  return (
    <Page title="Metrics" body="fill">
      <Catalog
        search={search.search ?? ''}
        onSearch={(text) => change({ search: text || undefined }, true)}
        onOpen={open}
        onAdd={queries && queries.length < queriesMax ? add : undefined}
        compact={queries !== undefined}
      />
      {queries && <Explorer search={{ ...search, queries }} onChange={change} />}
    </Page>
  );
}
