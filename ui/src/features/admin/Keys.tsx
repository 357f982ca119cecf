import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Select } from '@/components/controls/Select';
import table from '@/components/data/Table.module.css';
import { Card } from '@/components/layout/Page';
import { EmptyState } from '@/components/states/StateViews';
import { formatAgo, formatDateTime } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { useAsOf } from '@/lib/refresh';
import styles from './Admin.module.css';
import { Answer } from './Answer';
import { Confirm } from './Confirm';
import { CreateKey } from './CreateKey';
import { arrangeKeys, type Key, stateOf } from './keys';
import { useTenants } from './useTenants';

const defaultTenant = 'default';

/** Keys are made, shown once, and revoked. */
export function Keys({ caller }: { caller: Schema<'Caller'> | undefined }) {
  const [dialog, setDialog] = useState<'create' | Key>();
  const [tenant, setTenant] = useState(caller?.tenant ?? defaultTenant);
  const tenants = useTenants();
  const names = tenants.data?.tenants.map((one) => one.name) ?? [];
  const keys = useQuery({
    queryKey: ['keys', tenant],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/keys', { params: { query: names.length > 1 ? { tenant } : {} }, signal })),
  });
  const close = () => setDialog(undefined);
  return (
    <>
      {caller?.authentication === 'none' && <NoAuthentication />}
      <Card
        title="API keys"
        flush
        end={
          <div className={styles.actions}>
            {names.length > 1 && <Select label="Tenant" value={tenant} options={names.map((name) => ({ value: name, label: name }))} onChange={setTenant} />}
            <Button look="primary" onClick={() => setDialog('create')}>
              <Plus size={14} /> New key
            </Button>
          </div>
        }
      >
        <Answer query={keys} audience="an admin">
          {(data) =>
            data.keys.length === 0 ? (
              <EmptyState title="No keys yet">A key of the role ingest lets collectors send; one of the role viewer lets people look.</EmptyState>
            ) : (
              <KeyTable keys={data.keys} onRevoke={setDialog} />
            )
          }
        </Answer>
      </Card>
      {dialog === 'create' && <CreateKey tenants={names} tenant={tenant} onClose={close} />}
      {typeof dialog === 'object' && <RevokeKey apiKey={dialog} onClose={close} />}
    </>
  );
}

function NoAuthentication() {
  return (
    <div className={styles.callout} role="note">
      <ShieldAlert size={18} aria-hidden />
      <div>
        <h2>Whoever reaches this server may do everything</h2>
        <p>
          Authentication is off (<code>Auth:Mode=none</code>), which suits one machine. To turn it on, make an admin key here first, or let the server make one: restart it with
        </p>
        <pre>otelier-server --Auth:Mode=required</pre>
        <p>
          or with <code>OTELIER_AUTH__MODE=required</code>. Where there is no admin key yet, that start prints one on the console, once. Senders then need a key of the role <code>ingest</code> as{' '}
          <code>OTEL_EXPORTER_OTLP_HEADERS=x-api-key=…</code>, and this interface asks for one, too.
        </p>
      </div>
    </div>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly Key[]; onRevoke: (key: Key) => void }) {
  const { timeZone } = usePreferences();
  const now = useAsOf();
  const time = (text: string | undefined) => (text ? formatDateTime(Date.parse(text), timeZone) : undefined);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <div className={table.scroller} role="region" aria-label="API keys" tabIndex={0}>
      <table className={table.table} aria-label="API keys">
        <thead>
          <tr>
            {['Name', 'Role', 'State', 'Made', 'By', 'Last used', 'Expires'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {arrangeKeys(keys, now).map((key) => {
            const state = stateOf(key, now);
            return (
              <tr key={key.id} data-state={state} className={state === 'active' ? undefined : styles.past}>
                <td className={table.strong} title={key.id}>
                  {key.name}
                </td>
                <td>{key.role}</td>
                <td>
                  <span className={styles.state} data-state={state}>
                    {state}
                  </span>
                </td>
                <td className={table.muted}>{time(key.createdAt)}</td>
                <td className={table.muted}>{key.createdBy}</td>
                <td className={table.muted}>{key.lastUsedAt ? formatAgo(Date.parse(key.lastUsedAt), now) : 'never'}</td>
                <td className={table.muted}>{time(key.revokedAt) ?? time(key.expiresAt) ?? 'never'}</td>
                <td className={table.number}>
                  {state !== 'revoked' && (
                    <Button size="s" look="danger" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
                      Revoke
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function RevokeKey({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: async () => {
      const { response, error } = await client.DELETE('/api/v1/keys/{id}', { params: { path: { id: apiKey.id } } });
      if (!response.ok) throw new Error((error as { detail?: string; title?: string } | undefined)?.detail ?? `The server answered ${response.status}.`);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['keys'] });
      onClose();
    },
  });
  return (
    <Confirm title={`Revoke ${apiKey.name}?`} action="Revoke the key" isBusy={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={onClose}>
      Whoever uses it is refused from now on, with every token that was given out for it. This cannot be taken back; a new key can be made at any time.
    </Confirm>
  );
}
