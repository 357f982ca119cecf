import { useCallback, useMemo, useState } from 'react';
import type { MapEdge, MapNode } from './graph';
import { type Layout, layoutMap } from './layout';

/** Where everything was last: it stays there while the application is open, whatever page is looked at meanwhile. */
let kept: Layout | undefined;

function keep(layout: Layout | undefined) {
  kept = layout;
}

function continued(map: { nodes: readonly MapNode[]; edges: readonly MapEdge[] }): Layout {
  const layout = layoutMap(map.nodes, map.edges, kept);
  keep(layout);
  return layout;
}

const nothing: Layout = { nodes: new Map(), routes: new Map() };

export interface LayoutControl {
  layout: Layout;
  /** How often everything was arranged anew. */
  turn: number;
  rearrange: () => void;
}

/** The places of a map, and a way to have all of them found anew. */
export function useLayout(map: { nodes: readonly MapNode[]; edges: readonly MapEdge[] } | undefined): LayoutControl {
  const [turn, setTurn] = useState(0);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a turn makes what is kept be found anew
  const layout = useMemo(() => (map ? continued(map) : nothing), [map, turn]);
  const rearrange = useCallback(() => {
    keep(undefined);
    setTurn((previous) => previous + 1);
  }, []);
  return { layout, turn, rearrange };
}
