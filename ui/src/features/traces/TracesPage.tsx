import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { answer, ApiError, client } from '@/api/client';
import { Facets } from '@/components/data/Facets';
import { FilterBox } from '@/components/filter/FilterBox';
import { conjoin, durationLiteral, narrow } from '@/components/filter/language';
import { useFilterCompletion } from '@/components/filter/useFilterCompletion';
import { Page } from '@/components/layout/Page';
import { useTimeRange } from '@/components/time/useTimeRange';
import { absoluteRange } from '@/lib/timeRange';
import type { HeatmapArea } from '@/components/chart/Heatmap';
import { TraceCharts } from './TraceCharts';
import { TraceList } from './TraceList';
import styles from './TracesPage.module.css';

const route = getRouteApi('/traces');
const unreadable = 422;

/** Search: by text, by value, by brush; every way ends in the one filter of the URL. */
export default function TracesPage() {
  const { range, setRange } = useTimeRange();
  const { q, sort = '-start' } = route.useSearch();
  const navigate = route.useNavigate();
  const complete = useFilterCompletion('traces');
  const [problem, setProblem] = useProblem(q);
  const setFilter = useCallback((next: string) => void navigate({ search: (previous) => ({ ...previous, q: next || undefined }) }), [navigate]);
  const onBrush = (area: HeatmapArea) => {
    const slower = conjoin(q, `duration >= ${durationLiteral(area.durationFrom)}`);
    const { start, end } = absoluteRange(area.from, area.to);
    void navigate({ search: (previous) => ({ ...previous, start, end, q: conjoin(slower, `duration < ${durationLiteral(area.durationTo)}`) }) });
  };
  return (
    <Page title="Traces" body="fill" toolbar={<FilterBox label="Filter the traces" value={q ?? ''} onSubmit={setFilter} complete={complete} problem={problem} />}>
      <Facets
        queryKey={['facets', 'spans', range, q]}
        fetchFacets={async (signal) => (await answer(client.GET('/api/v1/spans/facets', { params: { query: { ...range, q } }, signal }))).facets}
        onSelect={(field, value, negated) => setFilter(narrow(q, field, value, negated))}
      />
      <div className={styles.main}>
        <TraceCharts q={q} onTime={(from, to) => setRange(absoluteRange(from, to))} onArea={onBrush} />
        <TraceList q={q} sort={sort} onSort={(next) => void navigate({ search: (previous) => ({ ...previous, sort: next === '-start' ? undefined : next }) })} onProblem={setProblem} onClear={() => setFilter('')} />
      </div>
    </Page>
  );
}

/** What the server said of this very filter. */
function useProblem(q: string | undefined): [string | undefined, (error: unknown) => void] {
  const [state, setState] = useState<{ q: string | undefined; text: string }>();
  const set = useCallback(
    (error: unknown) => setState(q && error instanceof ApiError && error.status === unreadable ? { q, text: error.message } : undefined),
    [q],
  );
  return [state && state.q === q ? state.text : undefined, set];
}
