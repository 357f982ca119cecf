import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { answer, client } from '@/api/client';
import { Tabs } from '@/components/controls/Tabs';
import { Page } from '@/components/layout/Page';
import { About } from './About';
import styles from './Admin.module.css';
import { Audit } from './Audit';
import { Ingest } from './Ingest';
import { Keys } from './Keys';
import { Queries } from './Queries';
import type { AdminTab } from './route';
import { Storage } from './Storage';
import { Tenants } from './Tenants';

const route = getRouteApi('/admin');

const tabs: { id: AdminTab; label: string }[] = [
  { id: 'storage', label: 'Storage' },
  { id: 'ingest', label: 'Ingest' },
  { id: 'queries', label: 'Queries' },
  { id: 'keys', label: 'API keys' },
  { id: 'tenants', label: 'Tenants' },
  { id: 'audit', label: 'Audit log' },
  { id: 'about', label: 'About and health' },
];

/** What keeps the server running: space, rates, keys, who did what. */
export default function AdminPage() {
  const { tab = 'storage' } = route.useSearch();
  const navigate = route.useNavigate();
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => answer(client.GET('/api/v1/auth/me', { signal })) });
  return (
    <Page title="Admin" timeRange={tab === 'audit'}>
      <Tabs label="Admin" tabs={tabs} value={tab} onChange={(next) => void navigate({ search: (previous) => ({ ...previous, tab: next === 'storage' ? undefined : next }) })}>
        <div className={styles.page}>
          {tab === 'storage' && <Storage />}
          {tab === 'ingest' && <Ingest />}
          {tab === 'queries' && <Queries />}
          {tab === 'keys' && <Keys caller={me.data} />}
          {tab === 'tenants' && <Tenants />}
          {tab === 'audit' && <Audit />}
          {tab === 'about' && <About caller={me.data} />}
        </div>
      </Tabs>
    </Page>
  );
}
