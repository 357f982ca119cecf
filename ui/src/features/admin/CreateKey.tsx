import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { CopyButton } from '@/components/controls/CopyButton';
import { Dialog } from '@/components/controls/Dialog';
import { Select } from '@/components/controls/Select';
import styles from './Admin.module.css';
import { expiryOf, type Key, type Life, lives, type Role, roles } from './keys';

interface CreateKeyProps {
  /** Those a key may be made for; empty where only one's own. */
  tenants: readonly string[];
  tenant: string;
  onClose: () => void;
}

export function CreateKey({ tenants, tenant: initial, onClose }: CreateKeyProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('ingest');
  const [tenant, setTenant] = useState(initial);
  const [life, setLife] = useState<Life>('never');
  const create = useMutation({
    mutationFn: () =>
      answer(
        client.POST('/api/v1/keys', {
          body: { name: name.trim(), role, ...(tenants.length > 1 && { tenant }), ...(life !== 'never' && { expiresAt: expiryOf(life, Date.now()) }) },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['keys'] }),
  });
  if (create.data) return <Secret apiKey={create.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title="New API key">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <label>
          Name
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to fill this in */}
          <input value={name} maxLength={100} autoFocus placeholder="What it is for: collector-eu, Ada’s laptop" onChange={(event) => setName(event.target.value)} />
        </label>
        <div className={styles.field}>
          Role
          <Select label="Role" value={role} options={roles} onChange={setRole} />
          <span className={styles.hint}>{roles.find((one) => one.value === role)!.may}</span>
        </div>
        {tenants.length > 1 && (
          <div className={styles.field}>
            Tenant
            <Select label="Tenant of the key" value={tenant} options={tenants.map((one) => ({ value: one, label: one }))} onChange={setTenant} />
          </div>
        )}
        <div className={styles.field}>
          Expires
          <Select label="Expires" value={life} options={lives} onChange={setLife} />
        </div>
        {create.error && (
          <p role="alert" className={styles.problem}>
            {create.error.message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={name.trim() === '' || create.isPending}>
            Make the key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Secret({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const secret = apiKey.key ?? '';
  return (
    <Dialog open onClose={onClose} title={`The key ${apiKey.name}`}>
      <div className={styles.form}>
        <p>
          <strong>Copy it now.</strong> The server keeps only a hash of it and can never show it again.
        </p>
        <div className={styles.secret}>
          <code aria-label="The key">{secret}</code>
          <CopyButton text={secret} label="Copy the key" />
        </div>
        {apiKey.role === 'ingest' && (
          <>
            <p className={styles.hint}>For an SDK or a collector:</p>
            <div className={styles.secret}>
              <code>OTEL_EXPORTER_OTLP_HEADERS=x-api-key={secret}</code>
              <CopyButton text={`OTEL_EXPORTER_OTLP_HEADERS=x-api-key=${secret}`} label="Copy the setting" />
            </div>
          </>
        )}
        <div className={styles.buttons}>
          <Button look="primary" onClick={onClose}>
            I have it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
