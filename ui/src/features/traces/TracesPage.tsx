import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { answer, ApiError, client } from '@/api/client';
import { Facets } from '@/components/data/Facets';
import { hasRule, toggleRule, valueRule } from '@/components/filter/fieldName';
import { FilterBar } from '@/components/filter/FilterBar';
import { conjoin, durationLiteral } from '@/components/filter/language';
import { Page } from '@/components/layout/Page';
import { useTimeRange } from '@/components/time/useTimeRange';
import { absoluteRange } from '@/lib/timeRange';
import type { HeatmapArea } from '@/components/chart/Heatmap';
import type { TracesSearch } from './route';
import { TraceCharts } from './TraceCharts';
import { TraceList } from './TraceList';
import styles from './TracesPage.module.css';

const route = getRouteApi('/traces');
const unreadable = 422;

/** Search: by text, by rules, by value, by brush; every way ends in the one filter of the URL. */
export default function TracesPage() {
  const { range, setRange } = useTimeRange();
  const { q, sort = '-start', chart = 'red', selection } = route.useSearch();
  const navigate = route.useNavigate();
  const [problem, setProblem] = useProblem(q);
  const change = (next: Partial<TracesSearch> & { start?: string; end?: string }) => void navigate({ search: (previous) => ({ ...previous, ...next }) });
  const setFilter = (next: string) => change({ q: next || undefined });
  const narrow = (field: string, value: string, negated: boolean) => setFilter(toggleRule(q, valueRule(field, value, negated)));
  return (
    <Page
      title="Traces"
      body="fill"
      toolbar={<FilterBar signal="traces" page="traces" label="Filter the traces" value={q ?? ''} onChange={setFilter} problem={problem} />}
    >
      <Facets
        queryKey={['facets', 'spans', range, q]}
        fetchFacets={async (signal) => (await answer(client.GET('/api/v1/spans/facets', { params: { query: { ...range, q } }, signal }))).facets}
        isChosen={(field, value) => hasRule(q, valueRule(field, value))}
        onSelect={narrow}
      />
      <div className={styles.main}>
        <TraceCharts
          q={q}
          shown={chart}
          selection={selection}
          onShow={(next) => change({ chart: next })}
          onSelection={(next) => change({ selection: next })}
          onTime={(from, to) => setRange(absoluteRange(from, to))}
          onArea={(area) => change({ ...absoluteRange(area.from, area.to), q: conjoin(q, durationsOf(area)) })}
          onCompareArea={(area) => change({ chart: 'differences', selection: `${durationsOf(area)} and ${timesOf(area)}` })}
          onNarrow={narrow}
        />
        <TraceList q={q} sort={sort} onSort={(next) => change({ sort: next })} onProblem={setProblem} onClear={() => setFilter('')} />
      </div>
    </Page>
  );
}

function durationsOf(area: HeatmapArea): string {
  return `duration >= ${durationLiteral(rounded(area.durationFrom, Math.floor))} and duration < ${durationLiteral(rounded(area.durationTo, Math.ceil))}`;
}

/** To three digits and outwards: what was drawn by hand reads better as 33.5ms than as 33554432ns. */
function rounded(nanos: number, round: (value: number) => number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, nanos))) - 2);
  return round(nanos / unit) * unit;
}

function timesOf(area: HeatmapArea): string {
  return `time >= "${new Date(Math.floor(area.from)).toISOString()}" and time < "${new Date(Math.ceil(area.to)).toISOString()}"`;
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
