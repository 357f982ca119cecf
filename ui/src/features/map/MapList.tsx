import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorShare } from '@/components/data/figures';
import { NodeIcon } from '@/components/data/NodeIcon';
import { ServiceLink } from '@/components/data/ServiceLink';
import { SortHead } from '@/components/data/SortHead';
import table from '@/components/data/Table.module.css';
import { Card } from '@/components/layout/Page';
import { EmptyState } from '@/components/states/StateViews';
import { formatDuration, formatInteger, formatRate } from '@/lib/format';
import { edgeId, errorShare, type MapEdge, type MapNode, matching } from './graph';
import styles from './Map.module.css';

interface MapListProps {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  seconds: number;
  search: string;
  onNode: (id: string) => void;
}

/** The same map as tables: for those who read rather than look, and for sorting. */
export function MapList({ nodes, edges, seconds, search, onNode }: MapListProps) {
  const [nodeSort, setNodeSort] = useState('-rate');
  const [edgeSort, setEdgeSort] = useState('-rate');
  const found = matching(nodes, search);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const nameOf = (id: string) => byId.get(id)?.name ?? id;
  const shownNodes = sorted(
    nodes.filter((node) => found.has(node.id)),
    nodeSort,
    { name: (node) => node.name, type: (node) => node.type, rate: (node) => node.spanCount, errors: errorShare, p95: (node) => node.durationP95Nanos ?? 0 },
  );
  const shownEdges = sorted(
    edges.filter((edge) => found.has(edge.source) || found.has(edge.target)),
    edgeSort,
    {
      source: (edge) => nameOf(edge.source),
      target: (edge) => nameOf(edge.target),
      type: (edge) => edge.type,
      rate: (edge) => edge.ratePerSecond,
      errors: (edge) => edge.errorRate,
      mean: (edge) => edge.durationAverageNanos,
      p95: (edge) => edge.durationP95Nanos,
    },
  );
  const end = (id: string) => {
    const node = byId.get(id);
    return node?.type === 'service' ? <ServiceLink name={node.name} /> : <Other node={node} />;
  };
  if (shownNodes.length === 0) return <EmptyState title="Nothing of such a name on the map" />;
  const head = (sort: string, onSort: (sort: string) => void) => (id: string, label: string, align: 'start' | 'end' = 'end') => (
    <SortHead key={id} id={id} sort={sort} onSort={onSort} align={align}>
      {label}
    </SortHead>
  );
  const [nodeHead, edgeHead] = [head(nodeSort, setNodeSort), head(edgeSort, setEdgeSort)];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <div className={styles.list} role="region" aria-label="The map as a list" tabIndex={0}>
      <Card title="Who is on the map" flush>
        <table className={table.table} aria-label="Who is on the map">
          <thead>
            <tr>
              {nodeHead('name', 'Name', 'start')}
              {nodeHead('type', 'Type', 'start')}
              {nodeHead('rate', 'Rate')}
              {nodeHead('errors', 'Failing')}
              {nodeHead('p95', 'p95')}
              <th scope="col">
                <span className="visually-hidden">Details</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shownNodes.map((node) => (
              <tr key={node.id}>
                <td>{node.type === 'service' ? <ServiceLink name={node.name} /> : <Other node={node} />}</td>
                <td className={table.muted}>{[node.type, node.system].filter(Boolean).join(' · ')}</td>
                <td className={table.number} title={formatInteger(node.spanCount)}>
                  {formatRate(node.spanCount / seconds)}
                </td>
                <td className={table.number}>
                  <ErrorShare share={errorShare(node)} />
                </td>
                <td className={table.number}>{formatDuration(node.durationP95Nanos)}</td>
                <td className={table.number}>
                  <button type="button" className={styles.inline} onClick={() => onNode(node.id)} aria-label={`Details of ${node.name}`}>
                    Details
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title="Calls" flush>
        <table className={table.table} aria-label="Calls">
          <thead>
            <tr>
              {edgeHead('source', 'From', 'start')}
              {edgeHead('target', 'To', 'start')}
              {edgeHead('type', 'Type', 'start')}
              {edgeHead('rate', 'Rate')}
              {edgeHead('errors', 'Failing')}
              {edgeHead('mean', 'Mean')}
              {edgeHead('p95', 'p95')}
            </tr>
          </thead>
          <tbody>
            {shownEdges.map((edge) => (
              <tr key={edgeId(edge)}>
                <td>{end(edge.source)}</td>
                <td>{end(edge.target)}</td>
                <td className={table.muted}>{edge.type}</td>
                <td className={table.number} title={formatInteger(edge.callCount)}>
                  {formatRate(edge.ratePerSecond)}
                </td>
                <td className={table.number}>
                  <ErrorShare share={edge.errorRate} />
                </td>
                <td className={table.number}>{formatDuration(edge.durationAverageNanos)}</td>
                <td className={table.number}>{formatDuration(edge.durationP95Nanos)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </div>
  );
}

function Other({ node }: { node: MapNode | undefined }) {
  return (
    <Link to="/map" search={{ node: node?.id, view: 'list' }} className={styles.other}>
      <NodeIcon type={node?.type ?? 'external'} /> {node?.name}
    </Link>
  );
}

function sorted<T>(rows: readonly T[], sort: string, by: Record<string, (row: T) => number | string>): T[] {
  const value = by[sort.replace(/^-/, '')] ?? by.rate!;
  const order = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => (value(a) < value(b) ? -order : value(a) > value(b) ? order : 0));
}
