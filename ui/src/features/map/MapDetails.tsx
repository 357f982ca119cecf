import { Link } from '@tanstack/react-router';
import { ArrowRight, ChartNoAxesCombined, ListTree, ScrollText } from 'lucide-react';
import { ServiceBadge } from '@/components/data/badges';
import { DetailPanel, Section } from '@/components/data/DetailPanel';
import { ErrorShare, Figures } from '@/components/data/figures';
import { NodeIcon } from '@/components/data/NodeIcon';
import { serviceFilter } from '@/components/data/ServiceLink';
import { quote } from '@/components/filter/language';
import { formatDuration, formatInteger, formatRate } from '@/lib/format';
import { edgeId, errorShare, type MapEdge, type MapNode } from './graph';
import styles from './Map.module.css';
import type { MapSearch } from './search';

interface MapDetailsProps {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
  seconds: number;
  search: MapSearch;
  onNode: (id: string | undefined) => void;
  onCalls: (edge: MapEdge) => void;
  onClose: () => void;
}

/** What is selected: figures, neighbours and the ways to its telemetry. */
export function MapDetails({ nodes, edges, seconds, search, onNode, onCalls, onClose }: MapDetailsProps) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (search.calls) {
    const [source, target] = search.calls;
    const between = edges.filter((edge) => edge.source === source && edge.target === target);
    return <CallDetails edges={between} source={byId.get(source)} target={byId.get(target)} onNode={onNode} onClose={onClose} />;
  }
  const node = byId.get(search.node ?? '');
  if (!node)
    return (
      <DetailPanel label="Details" name="map.details" title="Not on the map" onClose={onClose}>
        <p className={styles.muted}>What was selected neither sent a span nor was called in this time.</p>
      </DetailPanel>
    );
  const byRate = (a: MapEdge, b: MapEdge) => b.callCount - a.callCount;
  return (
    <DetailPanel
      label={`${node.type} ${node.name}`}
      name="map.details"
      title={
        <h2 className={styles.title}>
          <NodeIcon type={node.type} size={16} />
          {node.type === 'service' ? <ServiceBadge name={node.name} /> : node.name}
        </h2>
      }
      onClose={onClose}
    >
      <p className={styles.muted}>{[node.type, node.system].filter(Boolean).join(' · ')}</p>
      <NodeLinks node={node} />
      <Figures
        label="Figures"
        figures={[
          { label: node.type === 'service' ? 'Requests' : 'Calls', value: formatRate(node.spanCount / seconds), title: formatInteger(node.spanCount) },
          { label: 'Failing', value: <ErrorShare share={errorShare(node)} />, title: formatInteger(node.errorCount) },
          { label: '95th percentile', value: formatDuration(node.durationP95Nanos) },
        ]}
      />
      <div className={styles.sections}>
        <CallList title="Called by" edges={edges.filter((edge) => edge.target === node.id).sort(byRate)} other={(edge) => byId.get(edge.source)} onNode={onNode} onCalls={onCalls} />
        <CallList title="Calls" edges={edges.filter((edge) => edge.source === node.id).sort(byRate)} other={(edge) => byId.get(edge.target)} onNode={onNode} onCalls={onCalls} />
      </div>
    </DetailPanel>
  );
}

function NodeLinks({ node }: { node: MapNode }) {
  if (node.type !== 'service') return null;
  const q = serviceFilter(node.name);
  return (
    <nav className={styles.links} aria-label={`${node.name} elsewhere`}>
      {node.name && (
        <Link to="/services/$serviceName" params={{ serviceName: node.name }}>
          <ChartNoAxesCombined size={14} aria-hidden /> Service
        </Link>
      )}
      <Link to="/traces" search={{ q }}>
        <ListTree size={14} aria-hidden /> Traces
      </Link>
      <Link to="/traces" search={{ q: `${q} and status = error` }}>
        <ListTree size={14} aria-hidden /> Failing traces
      </Link>
      <Link to="/logs" search={{ q }}>
        <ScrollText size={14} aria-hidden /> Logs
      </Link>
    </nav>
  );
}

interface CallListProps {
  title: string;
  edges: MapEdge[];
  other: (edge: MapEdge) => MapNode | undefined;
  onNode: (id: string) => void;
  onCalls: (edge: MapEdge) => void;
}

function CallList({ title, edges, other, onNode, onCalls }: CallListProps) {
  return (
    <Section title={title} count={edges.length}>
      <ul className={styles.calls}>
        {edges.map((edge) => {
          const node = other(edge);
          return (
            <li key={edgeId(edge)}>
              <button type="button" className={styles.callName} onClick={() => node && onNode(node.id)}>
                <NodeIcon type={node?.type ?? 'external'} /> <span>{node?.name}</span>
              </button>
              <button type="button" className={styles.callFigures} onClick={() => onCalls(edge)}>
                <span className="visually-hidden">
                  Calls {title === 'Calls' ? 'to' : 'from'} {node?.name}
                </span>
                <span>{formatRate(edge.ratePerSecond)}</span>
                <ErrorShare share={edge.errorRate} />
                <span>{formatDuration(edge.durationP95Nanos)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function CallDetails({ edges, source, target, onNode, onClose }: { edges: MapEdge[]; source: MapNode | undefined; target: MapNode | undefined; onNode: (id: string) => void; onClose: () => void }) {
  const end = (node: MapNode | undefined) => (
    <button type="button" className={styles.callName} onClick={() => node && onNode(node.id)}>
      <NodeIcon type={node?.type ?? 'external'} size={15} /> <span>{node?.name ?? 'gone'}</span>
    </button>
  );
  // A queue sends nothing itself: what its readers sent is what there is.
  const sender = source?.type === 'service' ? source : target;
  return (
    <DetailPanel
      label="Calls"
      name="map.details"
      title={
        <h2 className={styles.title}>
          {end(source)} <ArrowRight size={14} aria-label="calls" /> {end(target)}
        </h2>
      }
      onClose={onClose}
    >
      {edges.length === 0 && <p className={styles.muted}>There were none in this time.</p>}
      {edges.map((edge) => (
        <Section key={edge.type} title={edge.type}>
          <Figures
            label={`Figures of ${edge.type}`}
            figures={[
              { label: 'Calls', value: formatRate(edge.ratePerSecond), title: formatInteger(edge.callCount) },
              { label: 'Failing', value: <ErrorShare share={edge.errorRate} />, title: formatInteger(edge.errorCount) },
              { label: 'Mean', value: formatDuration(edge.durationAverageNanos) },
              { label: '95th percentile', value: formatDuration(edge.durationP95Nanos) },
              ...(edge.callerDurationP95Nanos === undefined
                ? []
                : [{ label: '95th, as the caller saw it', value: formatDuration(edge.callerDurationP95Nanos), title: 'What is more than the callee’s own was spent on the way and in waiting.' }]),
            ]}
          />
        </Section>
      ))}
      {sender?.type === 'service' && (
        <nav className={styles.links} aria-label="Its traces">
          <Link to="/traces" search={{ q: serviceFilter(sender.name) }}>
            <ListTree size={14} aria-hidden /> Traces of {sender.name}
          </Link>
          {target?.type === 'service' && sender !== target && (
            <Link to="/traces" search={{ q: `${serviceFilter(target.name)} and status = error` }}>
              <ListTree size={14} aria-hidden /> Failing traces of {target.name}
            </Link>
          )}
          {target && target.type !== 'service' && target.system && (
            <Link to="/traces" search={{ q: `${serviceFilter(sender.name)} and ${target.type === 'queue' ? 'messaging.system' : 'db.system.name'} = ${quote(target.system)}` }}>
              <ListTree size={14} aria-hidden /> Its {target.system} spans
            </Link>
          )}
        </nav>
      )}
    </DetailPanel>
  );
}
