import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, client } from '@/api/client';
import { serviceFilter } from '@/components/data/ServiceLink';
import { Card } from '@/components/layout/Page';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import styles from './Service.module.css';

const shownMax = 12;

/** The metrics the service sends; each opens narrowed to it. */
export function ServiceMetrics({ serviceName }: { serviceName: string }) {
  const { range } = useTimeRange();
  const metrics = useQuery({
    queryKey: ['metrics', range, serviceName],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/metrics', { params: { query: { ...range, service: [serviceName], limit: 100 } }, signal })),
    placeholderData: keepPreviousData,
  });
  const q = serviceFilter(serviceName);
  const list = metrics.data?.metrics ?? [];
  return (
    <Card title={<span id="metrics">Metrics</span>} end={<Link to="/explore">All metrics</Link>}>
      {metrics.error ? (
        <ErrorState error={metrics.error} onRetry={() => void metrics.refetch()} compact />
      ) : !metrics.data ? (
        <SkeletonLines count={4} />
      ) : list.length === 0 ? (
        <p className={styles.none}>It sends none.</p>
      ) : (
        <ul className={styles.metrics}>
          {list.slice(0, shownMax).map((metric) => (
            <li key={metric.name}>
              <Link to="/explore" search={{ queries: [{ m: metric.name, q }] }}>
                {metric.name}
              </Link>
              <span className={styles.none}>{metric.unit}</span>
            </li>
          ))}
          {list.length > shownMax && <li className={styles.none}>and {list.length - shownMax} more</li>}
        </ul>
      )}
    </Card>
  );
}
