import { memo } from 'react';
import { NodeIcon } from '@/components/data/NodeIcon';
import { errorTone } from '@/components/data/tone';
import { serviceColor } from '@/lib/color';
import { formatDuration, formatRate, formatShare } from '@/lib/format';
import { errorShare, type MapNode, shorten } from './graph';
import { nodeHeight, nodeWidth, type Point } from './layout';
import styles from './Map.module.css';

const lettersMax = 19;
const [halfWidth, halfHeight] = [nodeWidth / 2, nodeHeight / 2];

interface MapNodeViewProps {
  node: MapNode;
  at: Point;
  seconds: number;
  isSelected: boolean;
  isDimmed: boolean;
  onSelect: (id: string) => void;
  onHover: (id: string | undefined) => void;
}

export const MapNodeView = memo(function MapNodeView({ node, at, seconds, isSelected, isDimmed, onSelect, onHover }: MapNodeViewProps) {
  const share = errorShare(node);
  return (
    <g
      className={styles.node}
      transform={`translate(${at.x} ${at.y})`}
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      data-node={node.id}
      data-type={node.type}
      data-tone={errorTone(share)}
      data-selected={isSelected || undefined}
      data-dimmed={isDimmed || undefined}
      onClick={() => onSelect(node.id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        onSelect(node.id);
      }}
      onPointerEnter={() => onHover(node.id)}
      onPointerLeave={() => onHover(undefined)}
      onFocus={() => onHover(node.id)}
      onBlur={() => onHover(undefined)}
    >
      <path className={styles.shape} d={shapes[node.type]} />
      {node.type === 'service' && <rect x={-halfWidth + 1} y={-halfHeight + 8} width={3.5} height={nodeHeight - 16} rx={1.75} fill={serviceColor(node.name)} />}
      {node.type === 'database' && <path className={styles.rim} d={`M${-halfWidth} ${-halfHeight + 7}a${halfWidth} 7 0 0 0 ${nodeWidth} 0`} />}
      <g className={styles.sign} transform={`translate(${-halfWidth + 14} ${-16 + shift(node)})`}>
        <NodeIcon type={node.type} size={14} />
      </g>
      {/* One text, with spaces between its parts: it is also the name of the button. */}
      <text>
        <tspan className={styles.name} x={-halfWidth + 34} y={-5 + shift(node)}>
          {shorten(node.name || '(no service name)', lettersMax)}
        </tspan>{' '}
        <tspan className={styles.figures} x={-halfWidth + 34} y={13 + shift(node)}>
          {formatRate(node.spanCount / seconds)} · {formatDuration(node.durationP95Nanos)}
        </tspan>{' '}
        {share > 0 && (
          <tspan className={styles.share} x={halfWidth - 12} y={13 + shift(node)} textAnchor="end">
            {formatShare(share)}
          </tspan>
        )}
      </text>
    </g>
  );
});

/** A cylinder's content stands below its lid. */
function shift(node: MapNode): number {
  return node.type === 'database' ? 4 : 0;
}

const corner = 9;
const box = `M${-halfWidth + corner} ${-halfHeight}h${nodeWidth - 2 * corner}a${corner} ${corner} 0 0 1 ${corner} ${corner}v${nodeHeight - 2 * corner}a${corner} ${corner} 0 0 1 ${-corner} ${corner}h${-(nodeWidth - 2 * corner)}a${corner} ${corner} 0 0 1 ${-corner} ${-corner}v${-(nodeHeight - 2 * corner)}a${corner} ${corner} 0 0 1 ${corner} ${-corner}z`;
const cylinder = `M${-halfWidth} ${-halfHeight + 7}a${halfWidth} 7 0 0 1 ${nodeWidth} 0v${nodeHeight - 14}a${halfWidth} 7 0 0 1 ${-nodeWidth} 0z`;
const lying = `M${-halfWidth + 14} ${-halfHeight}h${nodeWidth - 28}a14 ${halfHeight} 0 0 1 0 ${nodeHeight}h${-(nodeWidth - 28)}a14 ${halfHeight} 0 0 1 0 ${-nodeHeight}z`;
const tag = `M${-halfWidth + 12} ${-halfHeight}h${nodeWidth - 24}l12 ${halfHeight}l-12 ${halfHeight}h${-(nodeWidth - 24)}l-12 ${-halfHeight}z`;
const shapes = { service: box, database: cylinder, queue: lying, external: tag } as const;
