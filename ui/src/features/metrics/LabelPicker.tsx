import { useQuery } from '@tanstack/react-query';
import { Group, X } from 'lucide-react';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Popover } from '@/components/controls/Popover';
import { SearchInput } from '@/components/controls/SearchInput';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount } from '@/lib/format';
import styles from './QueryRow.module.css';
import { groupLabelsMax } from './search';

export interface LabelPickerProps {
  metric: string;
  labels: readonly string[];
  onChange: (labels: string[]) => void;
}

/** Labels of a metric and of its resources, for its tables and for grouping. */
export function useLabels(metric: string, enabled = true) {
  const { range } = useTimeRange();
  return useQuery({
    queryKey: ['metric', metric, 'labels', range],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/metrics/{name}/labels', { params: { path: { name: metric }, query: { ...range, limit: 20 } }, signal })),
    enabled,
  });
}

/** By which labels a query is grouped. */
export function LabelPicker({ metric, labels, onChange }: LabelPickerProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <span className={styles.labels}>
      {labels.map((label) => (
        <span key={label} className={styles.chip}>
          {label}
          <button type="button" aria-label={`Do not group by ${label}`} onClick={() => onChange(labels.filter((one) => one !== label))}>
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {labels.length < groupLabelsMax && (
        <Popover
          label="Group by"
          open={isOpen}
          onOpenChange={setOpen}
          trigger={
            <Button size="s" look="quiet">
              <Group size={13} /> {labels.length ? 'and' : 'Group by'}
            </Button>
          }
        >
          <Choices metric={metric} labels={labels} onChoose={(label) => (onChange([...labels, label]), setOpen(false))} />
        </Popover>
      )}
    </span>
  );
}

/** The service first; then what tells series apart within one; then the rest of its resource. */
function placeOf({ name, scope }: { name: string; scope: string }): number {
  return name === 'service.name' ? 0 : scope === 'point' ? 1 : 2;
}

function Choices({ metric, labels, onChoose }: { metric: string; labels: readonly string[]; onChoose: (label: string) => void }) {
  const [search, setSearch] = useState('');
  const known = useLabels(metric);
  const wanted = search.trim().toLowerCase();
  const found = (known.data?.labels ?? []).filter(({ name }) => !labels.includes(name) && name.toLowerCase().includes(wanted));
  const ordered = [...found].sort((a, b) => placeOf(a) - placeOf(b) || a.valueCount - b.valueCount);
  return (
    <div className={styles.choices}>
      <SearchInput label="Find a label" placeholder="Find a label" value={search} onChange={setSearch} onSubmit={() => ordered[0] && onChoose(ordered[0].name)} />
      {known.isPending && <SkeletonLines count={4} />}
      {known.error && <ErrorState error={known.error} onRetry={() => void known.refetch()} compact />}
      <ul>
        {ordered.map(({ name, scope, valueCount }) => (
          <li key={`${scope} ${name}`}>
            <button type="button" onClick={() => onChoose(name)}>
              <span>{name}</span>
              <small>{`${scope === 'resource' ? 'resource · ' : ''}${formatCount(valueCount)}`}</small>
            </button>
          </li>
        ))}
        {known.data && ordered.length === 0 && <li className={styles.none}>No label has this in its name.</li>}
      </ul>
    </div>
  );
}
