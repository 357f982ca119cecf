import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import { answer, client } from '@/api/client';
import { SearchInput } from '@/components/controls/SearchInput';
import { Select } from '@/components/controls/Select';
import { Page } from '@/components/layout/Page';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { arrange, sortDefault, thresholdDefault, thresholds } from './search';
import styles from './Services.module.css';
import { ServiceTable } from './ServiceTable';

const route = getRouteApi('/services');
const linesMax = 1000;

/** Every service: how much it does, how much of it fails, how long it takes. */
export default function ServicesPage() {
  const { range } = useTimeRange();
  const { search = '', sort = sortDefault, apdex = thresholdDefault } = route.useSearch();
  const navigate = route.useNavigate();
  const services = useQuery({
    queryKey: ['services', range, apdex],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/services', { params: { query: { ...range, apdexThreshold: apdex } }, signal })),
    placeholderData: keepPreviousData,
  });
  const red = useQuery({
    queryKey: ['red', range, 'service', linesMax],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/red', { params: { query: { ...range, groupBy: 'service', limit: linesMax } }, signal })),
    placeholderData: keepPreviousData,
  });
  const shown = useMemo(() => arrange(services.data?.services ?? [], search, sort), [services.data, search, sort]);
  const toolbar = (
    <div className={styles.toolbar}>
      <SearchInput
        label="Find a service"
        placeholder="Find a service"
        value={search}
        onChange={(text) => void navigate({ search: (previous) => ({ ...previous, search: text || undefined }), replace: true })}
        onSubmit={() => {
          const first = shown[0];
          if (!first?.name) return;
          // The next keys are for the page that is on its way, not for this box.
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          void navigate({ to: '/services/$serviceName', params: { serviceName: first.name } });
        }}
        primary
      />
      <span className={styles.count} role="status">
        {services.data && (search ? `${shown.length} of ${services.data.services.length} services` : `${services.data.services.length} services`)}
      </span>
      <span className={styles.apdex}>
        Satisfying up to
        <Select
          label="Threshold of the Apdex score"
          value={apdex}
          options={thresholds.map((value) => ({ value, label: value.replace(/(m?s)$/, ' $1') }))}
          onChange={(value) => void navigate({ search: (previous) => ({ ...previous, apdex: value === thresholdDefault ? undefined : value }) })}
        />
      </span>
    </div>
  );
  return (
    <Page title="Services" toolbar={toolbar} body="fill">
      {services.error ? (
        <div className={styles.state}>
          <ErrorState error={services.error} onRetry={() => void services.refetch()} />
        </div>
      ) : !services.data ? (
        <div className={styles.state}>
          <SkeletonLines count={10} />
        </div>
      ) : services.data.services.length === 0 ? (
        <div className={styles.state}>
          <EmptyState title="No service in this time" icon={<Waypoints size={22} />}>
            Services are known by the spans they send. Look at a longer range, or see the overview for how to send some.
          </EmptyState>
        </div>
      ) : (
        <div className={styles.main}>
          <Warnings warnings={[...services.data.warnings, ...(red.data?.warnings ?? [])]} />
          {shown.length === 0 ? (
            <EmptyState title="No service of such a name" />
          ) : (
            <div className={styles.rows}>
              <ServiceTable services={shown} red={red.data} sort={sort} onSort={(next) => void navigate({ search: (previous) => ({ ...previous, sort: next === sortDefault ? undefined : next }) })} />
            </div>
          )}
        </div>
      )}
    </Page>
  );
}
