import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, client, type Schema } from '@/api/client';
import { ErrorShare } from '@/components/data/figures';
import { NodeIcon } from '@/components/data/NodeIcon';
import { ServiceLink } from '@/components/data/ServiceLink';
import { Card } from '@/components/layout/Page';
import { ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDuration, formatInteger, formatRate } from '@/lib/format';
import styles from './Service.module.css';

type Node = Schema<'ServiceMapNode'>;
type Edge = Schema<'ServiceMapEdge'>;

/** Who calls the service, and what it calls, with the figures of the calls between them. */
export function Neighbours({ serviceName }: { serviceName: string }) {
  const { range } = useTimeRange();
  const map = useQuery({
    queryKey: ['service-map', range, serviceName],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/service-map', { params: { query: { ...range, service: serviceName } }, signal })),
    placeholderData: keepPreviousData,
  });
  const id = `service:${serviceName}`;
  const nodes = new Map(map.data?.nodes.map((node) => [node.id, node]));
  const byRate = (a: Edge, b: Edge) => b.callCount - a.callCount;
  const callers = (map.data?.edges ?? []).filter((edge) => edge.target === id).sort(byRate);
  const callees = (map.data?.edges ?? []).filter((edge) => edge.source === id).sort(byRate);
  return (
    <Card title="Neighbours" end={<Link to="/map" search={{ node: id }}>On the map</Link>}>
      {map.error ? (
        <ErrorState error={map.error} onRetry={() => void map.refetch()} compact />
      ) : !map.data ? (
        <SkeletonLines count={4} />
      ) : (
        <>
          <Warnings warnings={map.data.warnings} />
          <Calls title="Called by" none="Nobody that is traced." edges={callers} nodeOf={(edge) => nodes.get(edge.source)} />
          <Calls title="Calls" none="Nothing that is traced." edges={callees} nodeOf={(edge) => nodes.get(edge.target)} />
        </>
      )}
    </Card>
  );
}

function Calls({ title, none, edges, nodeOf }: { title: string; none: string; edges: Edge[]; nodeOf: (edge: Edge) => Node | undefined }) {
  return (
    <section className={styles.calls} aria-label={title}>
      <h3>
        {title} <span className={styles.count}>{edges.length}</span>
      </h3>
      {edges.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <ul>
          {edges.map((edge) => {
            const node = nodeOf(edge);
            return (
              <li key={`${edge.source} ${edge.target} ${edge.type}`} className={styles.call} title={`${formatInteger(edge.callCount)} calls, ${formatInteger(edge.errorCount)} failing`}>
                <span className={styles.callName}>
                  {node?.type === 'service' ? (
                    <ServiceLink name={node.name} />
                  ) : (
                    <Link to="/map" search={{ node: node?.id }} className={styles.other}>
                      <NodeIcon type={node?.type ?? 'external'} /> {node?.name}
                    </Link>
                  )}
                </span>
                <span>{formatRate(edge.ratePerSecond)}</span>
                <ErrorShare share={edge.errorRate} />
                <span>{formatDuration(edge.durationP95Nanos)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
