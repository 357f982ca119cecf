import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChartLine, ListTree, ScrollText, Waypoints } from 'lucide-react';
import { answer, ApiError, client } from '@/api/client';
import { ServiceBadge } from '@/components/data/badges';
import { ErrorShare, Figures } from '@/components/data/figures';
import { serviceFilter } from '@/components/data/ServiceLink';
import columns from '@/components/layout/Columns.module.css';
import { Page } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount, formatDuration, formatInteger, formatRate } from '@/lib/format';
import { Neighbours } from './Neighbours';
import { Operations } from './Operations';
import { RecentErrors } from './RecentErrors';
import { RedCharts } from './RedCharts';
import { ServiceMetrics } from './ServiceMetrics';
import styles from './Service.module.css';

const route = getRouteApi('/services/$serviceName');
const notFound = 404;
const apdexThreshold = '500ms';

/** One service: how it does over time, what it does, whom it calls and who calls it. */
export default function ServicePage() {
  const { serviceName } = route.useParams();
  const { range } = useTimeRange();
  const detail = useQuery({
    queryKey: ['service', serviceName, range],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/services/{name}', { params: { path: { name: serviceName }, query: { ...range, apdexThreshold } }, signal })),
    placeholderData: (previous, query) => (query?.queryKey[1] === serviceName ? keepPreviousData(previous) : undefined),
  });
  const heading = (
    <span className={styles.heading}>
      <Link to="/services">Services</Link>
      <span aria-hidden>/</span>
      <ServiceBadge name={serviceName} />
    </span>
  );
  return (
    <Page title={serviceName} heading={heading} toolbar={<Elsewhere name={serviceName} />}>
      {detail.error instanceof ApiError && detail.error.status === notFound ? (
        <EmptyState title={`Nothing of ${serviceName} in this time`} icon={<Waypoints size={22} />}>
          No span of such a service started in the range. Look at a longer one, or at <Link to="/services">the services there are</Link>.
        </EmptyState>
      ) : detail.error ? (
        <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
      ) : !detail.data ? (
        <SkeletonLines count={12} />
      ) : (
        <div className={columns.page}>
          <Warnings warnings={detail.data.warnings} />
          <Figures
            label="Figures of the range"
            figures={[
              { label: 'Requests', value: formatRate(detail.data.service.ratePerSecond), title: `${formatInteger(detail.data.service.requestCount)} requests` },
              { label: 'Failing', value: <ErrorShare share={detail.data.service.errorRate} />, title: `${formatInteger(detail.data.service.requestErrorCount)} requests` },
              { label: 'Median', value: formatDuration(detail.data.service.durationP50Nanos) },
              { label: '95th percentile', value: formatDuration(detail.data.service.durationP95Nanos) },
              { label: '99th percentile', value: formatDuration(detail.data.service.durationP99Nanos) },
              { label: 'Longest', value: formatDuration(detail.data.service.durationMaxNanos) },
              { label: 'Apdex at 500 ms', value: detail.data.service.apdex?.toFixed(2) ?? '–' },
              { label: 'Spans', value: formatCount(detail.data.service.spanCount) },
            ]}
          />
          <RedCharts serviceName={serviceName} />
          <div className={columns.columns}>
            <div className={columns.column}>
              <Operations serviceName={serviceName} operations={detail.data.operations} />
              <RecentErrors serviceName={serviceName} />
            </div>
            <div className={columns.column}>
              <Neighbours serviceName={serviceName} />
              <ServiceMetrics serviceName={serviceName} />
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}

/** The same service on the other pages. */
function Elsewhere({ name }: { name: string }) {
  const q = serviceFilter(name);
  return (
    <nav className={styles.elsewhere} aria-label={`${name} elsewhere`}>
      <Link to="/traces" search={{ q }}>
        <ListTree size={14} aria-hidden /> Traces
      </Link>
      <Link to="/traces" search={{ q: `${q} and status = error` }}>
        <ListTree size={14} aria-hidden /> Failing traces
      </Link>
      <Link to="/logs" search={{ q }}>
        <ScrollText size={14} aria-hidden /> Logs
      </Link>
      <a href="#metrics">
        <ChartLine size={14} aria-hidden /> Metrics
      </a>
      <Link to="/map" search={{ node: `service:${name}` }}>
        <Waypoints size={14} aria-hidden /> On the map
      </Link>
    </nav>
  );
}
