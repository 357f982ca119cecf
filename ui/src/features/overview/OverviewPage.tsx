import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, client } from '@/api/client';
import columns from '@/components/layout/Columns.module.css';
import { Page } from '@/components/layout/Page';
import { ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { ErrorBudget } from './ErrorBudget';
import { FirstData } from './FirstData';
import { Intake } from './Intake';
import { RedCharts } from './RedCharts';
import { ServiceTable } from './ServiceTable';
import { Troubles } from './Troubles';

const firstDataMillis = 2000;

/** How things are: rate, errors and durations of every service, and what fails most. */
export default function OverviewPage() {
  const { range } = useTimeRange();
  const services = useQuery({
    queryKey: ['services', range],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/services', { params: { query: range }, signal })),
    placeholderData: keepPreviousData,
    // The first data is waited for; afterwards a refresh is the person's.
    refetchInterval: (query) => (query.state.data?.services.length === 0 ? firstDataMillis : false),
  });
  const red = useQuery({
    queryKey: ['red', range, 'service'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/red', { params: { query: { ...range, groupBy: 'service' } }, signal })),
    placeholderData: keepPreviousData,
    enabled: (services.data?.services.length ?? 0) > 0,
  });
  if (services.error) return <Page title="Overview">{<ErrorState error={services.error} onRetry={() => void services.refetch()} />}</Page>;
  if (!services.data) return <Page title="Overview">{<SkeletonLines count={10} />}</Page>;
  if (services.data.services.length === 0) return <Page title="Overview">{<FirstData />}</Page>;
  return (
    <Page title="Overview">
      <div className={columns.page}>
        <Warnings warnings={[...services.data.warnings, ...(red.data?.warnings ?? [])]} />
        <RedCharts red={red.data} error={red.error} />
        <div className={columns.columns}>
          <div className={columns.column}>
            <ServiceTable services={services.data.services} red={red.data} />
            <Intake />
          </div>
          <div className={columns.column}>
            <Troubles />
            <ErrorBudget services={services.data.services} />
          </div>
        </div>
      </div>
    </Page>
  );
}
