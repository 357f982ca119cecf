import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Dialog } from '@/components/controls/Dialog';
import table from '@/components/data/Table.module.css';
import { Card } from '@/components/layout/Page';
import { formatDateTime, formatInteger } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import styles from './Admin.module.css';
import { Answer } from './Answer';
import { Confirm } from './Confirm';
import { describeQuota, parseQuota, quotaText } from './quota';
import { useTenants } from './useTenants';

type Tenant = Schema<'Tenant'>;
type Open = { kind: 'create' } | { kind: 'quota' | 'delete'; tenant: Tenant };

/** Who shares this server without seeing each other, and how much each may send. */
export function Tenants() {
  const { timeZone } = usePreferences();
  const [open, setOpen] = useState<Open>();
  const tenants = useTenants();
  const close = () => setOpen(undefined);
  return (
    <>
      <Card
        title="Tenants"
        flush
        end={
          <Button look="primary" onClick={() => setOpen({ kind: 'create' })}>
            <Plus size={14} /> New tenant
          </Button>
        }
      >
        <Answer query={tenants} audience="an admin of the default tenant">
          {(data) => (
            <table className={table.table} aria-label="Tenants">
              <thead>
                <tr>
                  {['Name', 'Keys', 'May send', 'Made', 'By'].map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="visually-hidden">Change</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.tenants.map((tenant) => (
                  <tr key={tenant.name}>
                    <td className={table.strong}>{tenant.name}</td>
                    <td>{formatInteger(tenant.keyCount)}</td>
                    <td>{describeQuota(tenant.quota)}</td>
                    <td className={table.muted}>{tenant.createdAt ? formatDateTime(Date.parse(tenant.createdAt), timeZone) : '–'}</td>
                    <td className={table.muted}>{tenant.createdBy ?? '–'}</td>
                    <td className={table.number}>
                      <span className={styles.rowActions}>
                        <Button size="s" onClick={() => setOpen({ kind: 'quota', tenant })} aria-label={`Quota of ${tenant.name}`}>
                          Quota
                        </Button>
                        {tenant.createdAt && (
                          <Button size="s" look="danger" onClick={() => setOpen({ kind: 'delete', tenant })} aria-label={`Delete ${tenant.name}`}>
                            Delete
                          </Button>
                        )}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Answer>
      </Card>
      <p className={styles.note}>A key belongs to one tenant, and so does everything that is sent with it. Without authentication everything belongs to the tenant called default.</p>
      {open?.kind === 'create' && <TenantForm onClose={close} />}
      {open?.kind === 'quota' && <TenantForm tenant={open.tenant} onClose={close} />}
      {open?.kind === 'delete' && <DeleteTenant tenant={open.tenant} onClose={close} />}
    </>
  );
}

/** A new tenant, or the quota of one there is. */
function TenantForm({ tenant, onClose }: { tenant?: Tenant; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(tenant?.name ?? '');
  const [text, setText] = useState(() => quotaText(tenant?.quota));
  const quota = parseQuota(text);
  const save = useMutation({
    mutationFn: () =>
      tenant
        ? answer(client.PUT('/api/v1/tenants/{name}/quota', { params: { path: { name: tenant.name } }, body: quota! }))
        : answer(client.POST('/api/v1/tenants', { body: { name: name.trim(), quota } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['tenants'] });
      onClose();
    },
  });
  const field = (key: keyof typeof text, label: string, placeholder: string) => (
    <label>
      {label}
      <input inputMode="decimal" placeholder={placeholder} value={text[key]} onChange={(event) => setText({ ...text, [key]: event.target.value })} />
    </label>
  );
  return (
    <Dialog open onClose={onClose} title={tenant ? `Quota of ${tenant.name}` : 'New tenant'}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {!tenant && (
          <label>
            Name
            {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to fill this in */}
            <input value={name} maxLength={64} autoFocus placeholder="a-z, 0-9, _ and -" onChange={(event) => setName(event.target.value)} />
          </label>
        )}
        {field('mebibytesPerSecond', 'MiB per second', 'no limit')}
        {field('itemsPerSecond', 'Spans, records and points per second', 'no limit')}
        {field('burstSeconds', 'Seconds’ worth that may come at once', '10')}
        <p className={styles.hint}>Who sends more is told to wait and to send it again; nothing is dropped without a word.</p>
        {save.error && (
          <p role="alert" className={styles.problem}>
            {save.error.message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={quota === undefined || name.trim() === '' || save.isPending}>
            {tenant ? 'Set the quota' : 'Make the tenant'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function DeleteTenant({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      const { response, error } = await client.DELETE('/api/v1/tenants/{name}', { params: { path: { name: tenant.name } } });
      if (!response.ok) throw new Error((error as { detail?: string } | undefined)?.detail ?? `The server answered ${response.status}.`);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['tenants'] });
      onClose();
    },
  });
  return (
    <Confirm title={`Delete ${tenant.name}?`} action="Delete the tenant" isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      Its {formatInteger(tenant.keyCount)} keys are revoked at once and cannot be brought back. What it has sent is deleted, which takes seconds to minutes; until then the name is not free.
    </Confirm>
  );
}
