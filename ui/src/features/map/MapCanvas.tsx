import { Maximize, Minus, Plus, Shuffle } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { IconButton } from '@/components/controls/Button';
import { edgeId, type MapEdge, type MapNode, matching, neighbourhood } from './graph';
import { boundsOf, labelledMax, type Layout } from './layout';
import { MapEdgeLabel, MapEdgeView } from './MapEdgeView';
import { MapNodeView } from './MapNodeView';
import styles from './Map.module.css';
import { useViewport } from './useViewport';

export interface MapCanvasProps {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  layout: Layout;
  /** Another number: everything has another place. */
  turn: number;
  /** Length of the range that was looked at. */
  seconds: number;
  search: string;
  node: string | undefined;
  calls: [string, string] | undefined;
  onNode: (id: string | undefined) => void;
  onCalls: (edge: MapEdge) => void;
  onRearrange: () => void;
}

const zoomStep = 1.25;

/** The picture: drag or arrows move it, the wheel or + and - bring it closer, 0 shows all of it. */
export function MapCanvas({ nodes, edges, layout, turn, seconds, search, node, calls, onNode, onCalls, onRearrange }: MapCanvasProps) {
  const host = useRef<SVGSVGElement>(null);
  const [hovered, setHovered] = useState<string>();
  const { view, isDragging, zoom, fitAll, center, handlers } = useViewport(host, () => boundsOf(layout, nodes.map((one) => one.id)));

  // The picture is fitted when it is another one, not when its figures change.
  const names = nodes.map((one) => one.id).sort().join('\n');
  const showAll = useEffectEvent(() => fitAll());
  const showFirst = useEffectEvent(() => {
    const at = node && layout.nodes.get(node);
    if (at) center(at);
    else fitAll();
  });
  const fitted = useRef<{ names: Set<string>; turn: number }>(undefined);
  useEffect(() => {
    const [before, now] = [fitted.current, names.split('\n')];
    fitted.current = { names: new Set(now), turn };
    if (!before) showFirst();
    else if (before.turn !== turn || !now.some((name) => before.names.has(name))) showAll();
  }, [names, turn]);

  const found = useMemo(() => (search.trim() ? matching(nodes, search) : undefined), [nodes, search]);
  const showFound = useEffectEvent(() => {
    const first = found && nodes.find((one) => found.has(one.id));
    const at = first && found.size <= 3 && layout.nodes.get(first.id);
    if (at) center(at);
  });
  useEffect(() => showFound(), [search]);

  const focus = hovered ?? node;
  const lit = useMemo(() => {
    if (found) return found;
    if (focus) return neighbourhood(focus, edges);
    return calls ? new Set(calls) : undefined;
  }, [found, focus, calls, edges]);
  const rateMax = edges.reduce((most, edge) => Math.max(most, edge.ratePerSecond), 0);
  const isEdgeLit = (edge: MapEdge) => {
    if (found) return found.has(edge.source) && found.has(edge.target);
    if (focus) return edge.source === focus || edge.target === focus;
    return calls ? edge.source === calls[0] && edge.target === calls[1] : true;
  };
  const select = useCallback((id: string) => onNode(id === node ? undefined : id), [onNode, node]);
  const isNarrowed = focus !== undefined || calls !== undefined;
  const labelled = edges.length <= labelledMax || isNarrowed ? edges.filter(isEdgeLit) : [];
  // Those that are lit are drawn last, above the others.
  const drawn = [...edges].sort((a, b) => Number(isEdgeLit(a)) - Number(isEdgeLit(b)));
  return (
    <div className={styles.canvas}>
      { }
      <svg
        ref={host}
        className={styles.svg}
        role="group"
        aria-label="Service map. Arrows move it, plus and minus zoom, 0 shows all of it; Tab goes from node to node."
         
        tabIndex={0}
        data-dragging={isDragging || undefined}
        {...handlers}
        onClick={(event) => event.target === host.current && onNode(undefined)}
      >
        <defs>
          {(['calm', 'warn', 'error'] as const).map((tone) => (
            <marker key={tone} id={`arrow-${tone}`} className={styles.arrow} data-tone={tone} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0.5L7.5 4L0 7.5z" />
            </marker>
          ))}
        </defs>
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {drawn.map((edge) => {
            const source = layout.nodes.get(edge.source);
            return (
              source && (
                <MapEdgeView
                  key={edgeId(edge)}
                  edge={edge}
                  source={source}
                  route={layout.routes.get(edgeId(edge))}
                  rateMax={rateMax}
                  isSelected={calls?.[0] === edge.source && calls[1] === edge.target}
                  isDimmed={lit !== undefined && !isEdgeLit(edge)}
                  onSelect={onCalls}
                />
              )
            );
          })}
          {labelled.map((edge) => {
            const source = layout.nodes.get(edge.source);
            return source && <MapEdgeLabel key={edgeId(edge)} edge={edge} source={source} route={layout.routes.get(edgeId(edge))} />;
          })}
          {nodes.map((one) => {
            const at = layout.nodes.get(one.id);
            return (
              at && (
                <MapNodeView key={one.id} node={one} at={at} seconds={seconds} isSelected={one.id === node} isDimmed={lit !== undefined && !lit.has(one.id)} onSelect={select} onHover={setHovered} />
              )
            );
          })}
        </g>
      </svg>
      <div className={styles.controls} role="group" aria-label="View">
        <IconButton label="Closer" shortcut="+" onClick={() => zoom(zoomStep)}>
          <Plus size={15} />
        </IconButton>
        <IconButton label="Farther" shortcut="-" onClick={() => zoom(1 / zoomStep)}>
          <Minus size={15} />
        </IconButton>
        <IconButton label="All of it" shortcut="0" onClick={fitAll}>
          <Maximize size={15} />
        </IconButton>
        <IconButton label="Arrange anew" onClick={onRearrange}>
          <Shuffle size={15} />
        </IconButton>
      </div>
      <ul className={styles.legend} aria-label="What the picture says">
        <li>
          <span className={styles.swatch} /> Wider: more calls
        </li>
        <li>
          <span className={styles.swatch} data-tone="warn" /> 1 % failing
        </li>
        <li>
          <span className={styles.swatch} data-tone="error" /> 5 % failing
        </li>
        <li>Figures: rate · 95th percentile · share failing</li>
      </ul>
    </div>
  );
}
