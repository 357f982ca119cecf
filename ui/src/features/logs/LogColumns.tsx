import { useQuery } from '@tanstack/react-query';
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Popover } from '@/components/controls/Popover';
import { SearchInput } from '@/components/controls/SearchInput';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount } from '@/lib/format';
import styles from './Logs.module.css';
import { defaultColumns } from './search';

export interface LogColumnsProps {
  columns: readonly string[];
  onChange: (columns: string[] | undefined) => void;
}

const fieldsMax = 60;
const shownAnyway = new Set(['time', 'severity', 'body']);

/** Which fields are columns: those chosen, and any other there is. */
export function LogColumns({ columns, onChange }: LogColumnsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Columns"
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="s" look="quiet">
          <Columns3 size={14} /> Columns
        </Button>
      }
    >
      <Fields columns={columns} onChange={onChange} />
    </Popover>
  );
}

function Fields({ columns, onChange }: LogColumnsProps) {
  const { range } = useTimeRange();
  const [search, setSearch] = useState('');
  const fields = useQuery({
    queryKey: ['fields', 'logs', range, search],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/fields', { params: { query: { ...range, signal: 'logs', prefix: search || undefined, limit: fieldsMax } }, signal })),
    meta: { background: true },
  });
  const others = (fields.data?.fields ?? []).filter(({ name }) => !columns.includes(name) && !shownAnyway.has(name));
  const typed = search.trim();
  return (
    <div className={styles.columns}>
      <SearchInput label="Find a field" placeholder="Find a field" value={search} onChange={setSearch} onSubmit={() => typed && !columns.includes(typed) && onChange([...columns, typed])} />
      <ul>
        {columns.map((name) => (
          <li key={name}>
            <label>
              <input type="checkbox" checked onChange={() => onChange(columns.filter((one) => one !== name))} />
              <span className={styles.fieldName}>{name}</span>
            </label>
          </li>
        ))}
        {others.map(({ name, count }) => (
          <li key={name}>
            <label>
              <input type="checkbox" checked={false} onChange={() => onChange([...columns, name])} />
              <span className={styles.fieldName}>{name}</span>
              {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
            </label>
          </li>
        ))}
      </ul>
      {fields.isPending && <SkeletonLines count={4} />}
      {fields.error && <ErrorState error={fields.error} compact />}
      {columns.join() !== defaultColumns.join() && (
        <Button size="s" look="quiet" onClick={() => onChange(undefined)}>
          The usual columns
        </Button>
      )}
    </div>
  );
}
