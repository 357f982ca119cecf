import { memo } from 'react';
import { errorTone } from '@/components/data/tone';
import { formatDuration, formatRate, formatShare } from '@/lib/format';
import { edgeWidth, type MapEdge } from './graph';
import { labelOf, pathOf, type Point, type Route } from './layout';
import styles from './Map.module.css';

const lineHeight = 13;
const letterWidth = 5.3;

interface MapEdgeViewProps {
  edge: MapEdge;
  source: Point;
  route: Route | undefined;
  rateMax: number;
  isSelected: boolean;
  isDimmed: boolean;
  onSelect: (edge: MapEdge) => void;
}

export const MapEdgeView = memo(function MapEdgeView({ edge, source, route, rateMax, isSelected, isDimmed, onSelect }: MapEdgeViewProps) {
  const path = pathOf(route, source);
  const tone = errorTone(edge.errorRate);
  return (
    // A mouse hits lines; the keyboard reaches the same calls through either node's details, and through the list.
     
    <g className={styles.edge} data-tone={tone} data-selected={isSelected || undefined} data-dimmed={isDimmed || undefined} onClick={() => onSelect(edge)}>
      <path className={styles.line} d={path} strokeWidth={edgeWidth(edge.ratePerSecond, rateMax)} markerEnd={`url(#arrow-${tone === 'error' || tone === 'warn' ? tone : 'calm'})`} />
      <path className={styles.target} d={path} />
    </g>
  );
});

/** The figures of an edge; drawn after all edges, so that none crosses them. */
export const MapEdgeLabel = memo(function MapEdgeLabel({ edge, source, route }: Pick<MapEdgeViewProps, 'edge' | 'source' | 'route'>) {
  const { x, y } = labelOf(route, source);
  const lines = [`${formatRate(edge.ratePerSecond)} · ${formatDuration(edge.durationP95Nanos)}`, ...(edge.errorRate > 0 ? [`${formatShare(edge.errorRate)} failing`] : [])];
  const width = Math.max(...lines.map((line) => line.length)) * letterWidth + 8;
  const height = lines.length * lineHeight + 2;
  return (
    <g className={styles.label} data-tone={errorTone(edge.errorRate)} transform={`translate(${x} ${y})`}>
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={3} />
      {lines.map((line, index) => (
        <text key={line} y={(index - (lines.length - 1) / 2) * lineHeight} textAnchor="middle" dominantBaseline="central">
          {line}
        </text>
      ))}
    </g>
  );
});
