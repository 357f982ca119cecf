import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { List, Waypoints } from 'lucide-react';
import { useCallback, useState } from 'react';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { SearchInput } from '@/components/controls/SearchInput';
import { Page } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { nanosBetween } from '@/lib/format';
import type { MapEdge } from './graph';
import { useLayout } from './useLayout';
import { MapCanvas } from './MapCanvas';
import { MapDetails } from './MapDetails';
import { MapList } from './MapList';
import styles from './Map.module.css';
import type { MapSearch } from './search';

const route = getRouteApi('/map');

/** Who calls whom, how often, how well. */
export default function MapPage() {
  const { range } = useTimeRange();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(search.search ?? '');
  const change = useCallback((next: Partial<MapSearch>, replace = false) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace }), [navigate]);
  const map = useQuery({
    queryKey: ['service-map', range],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/service-map', { params: { query: range }, signal })),
    placeholderData: keepPreviousData,
  });
  const { layout, turn, rearrange } = useLayout(map.data);
  const onNode = useCallback((node: string | undefined) => change({ node, calls: undefined }), [change]);
  const onCalls = useCallback((edge: MapEdge) => change({ node: undefined, calls: [edge.source, edge.target] }), [change]);
  const toolbar = (
    <div className={styles.toolbar}>
      <SearchInput
        label="Find on the map"
        placeholder="Find a service, a database, a queue"
        value={text}
        onChange={(next) => {
          setText(next);
          change({ search: next || undefined }, true);
        }}
        primary
      />
      <div className={styles.views} role="group" aria-label="Show as">
        <Button pressed={search.view !== 'list'} onClick={() => change({ view: undefined })}>
          <Waypoints size={14} /> Map
        </Button>
        <Button pressed={search.view === 'list'} onClick={() => change({ view: 'list' })}>
          <List size={14} /> List
        </Button>
      </div>
    </div>
  );
  const data = map.data;
  return (
    <Page title="Service map" toolbar={toolbar} body="fill">
      <div className={styles.main}>
        <Warnings warnings={data?.warnings} />
        {map.error ? (
          <ErrorState error={map.error} onRetry={() => void map.refetch()} />
        ) : !data ? (
          <SkeletonLines count={8} />
        ) : data.nodes.length === 0 ? (
          <EmptyState title="Nobody on the map in this time" icon={<Waypoints size={22} />}>
            The map is drawn from spans: who sent them, and whom they called. Look at a longer range, or see the overview for how to send some.
          </EmptyState>
        ) : search.view === 'list' ? (
          <MapList nodes={data.nodes} edges={data.edges} seconds={secondsOf(data.range)} search={text} onNode={onNode} />
        ) : (
          <MapCanvas
            nodes={data.nodes}
            edges={data.edges}
            layout={layout}
            turn={turn}
            seconds={secondsOf(data.range)}
            search={text}
            node={search.node}
            calls={search.calls}
            onNode={onNode}
            onCalls={onCalls}
            onRearrange={rearrange}
          />
        )}
      </div>
      {data && (search.node ?? search.calls) && <MapDetails nodes={data.nodes} edges={data.edges} seconds={secondsOf(data.range)} search={search} onNode={onNode} onCalls={onCalls} onClose={() => onNode(undefined)} />}
    </Page>
  );
}

function secondsOf(range: { startUnixNano: string; endUnixNano: string }): number {
  return Math.max(1, nanosBetween(range.startUnixNano, range.endUnixNano) / 1e9);
}
