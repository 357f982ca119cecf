import { useQuery } from '@tanstack/react-query';
import { answer, client } from '@/api/client';
import { Page } from '@/components/layout/Page';
import { useTimeRange } from '@/components/time/useTimeRange';

export default function OverviewPage() {
  const { range } = useTimeRange();
  const services = useQuery({
    queryKey: ['services', range],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/services', { params: { query: range }, signal })),
  });
  return <Page title="Overview">{services.data?.services.map((service) => <p key={service.name}>{service.name}</p>)}</Page>;
}
