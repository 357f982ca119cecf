import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { answer, client, type Schema } from '@/api/client';
import { Button, IconButton } from '@/components/controls/Button';
import { hasRule, toggleRule } from '@/components/filter/fieldName';
import { conjoin, durationLiteral } from '@/components/filter/language';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { lineText } from '@/lib/attributes';
import { formatInteger, formatShare } from '@/lib/format';
import styles from './Differences.module.css';

const failing = 'status = error';
const valuesShown = 4;
const fieldsShown = 24;

interface DifferencesProps {
  q: string | undefined;
  selection: string | undefined;
  onSelection: (selection: string | undefined) => void;
  onNarrow: (field: string, value: string, negated: boolean) => void;
}

/** What the selected spans have that the others have not: the values that are over-represented, strongest first. */
export function Differences({ q, selection: chosen, onSelection, onNarrow }: DifferencesProps) {
  const { range } = useTimeRange();
  const selection = chosen ?? failing;
  // A filter that names the selection already would leave nothing to compare it with.
  const others = hasRule(q, selection) ? toggleRule(q, selection) : q;
  const slow = useSlow(others);
  const compared = useQuery({
    queryKey: ['spans-compare', range, others, selection],
    queryFn: ({ signal }) =>
      answer(
        client.POST('/api/v1/spans/compare', {
          body: { ...range, q: conjoin(others, selection), baseline: { ...range, q: conjoin(others, `not (${selection})`) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const { data } = compared;
  const presets = [
    { label: 'Failing', filter: failing },
    { label: 'Slowest 5 %', filter: slow },
  ];
  const isDrawn = presets.every((preset) => preset.filter !== selection);
  return (
    <div className={styles.differences}>
      <div className={styles.bar}>
        <span>Spans that are</span>
        {presets.map(({ label, filter }) => (
          <Button key={label} size="s" pressed={selection === filter} disabled={filter === undefined} onClick={() => onSelection(filter === failing ? undefined : filter)}>
            {label}
          </Button>
        ))}
        {isDrawn && (
          <span className={styles.drawn}>
            <code title={selection}>{selection}</code>
            <IconButton label="Leave the selection" size="s" onClick={() => onSelection(undefined)}>
              <X size={12} />
            </IconButton>
          </span>
        )}
        {data && (
          <span className={styles.counts} role="status">
            <span className={styles.selected}>{formatInteger(data.selectionCount)} selected</span> beside <span className={styles.other}>{formatInteger(data.baselineCount)} others</span>
          </span>
        )}
        <Warnings warnings={data?.warnings} />
      </div>
      {compared.error ? (
        <ErrorState error={compared.error} onRetry={() => void compared.refetch()} compact />
      ) : !data ? (
        <SkeletonLines count={5} label="Comparing" />
      ) : data.selectionCount === 0 ? (
        <EmptyState title="Nothing is selected">No span of this filter and time is {selection === failing ? 'failing' : 'like that'}.</EmptyState>
      ) : data.fields.length === 0 ? (
        <EmptyState title="Nothing stands out">The selected spans have the same values as the others.</EmptyState>
      ) : (
        <ul className={styles.fields} data-stale={compared.isPlaceholderData || undefined} aria-label="Fields in which the selected spans differ">
          {data.fields.slice(0, fieldsShown).map((field) => (
            <Field key={field.field} field={field} onNarrow={onNarrow} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** The slowest twentieth as a filter; undefined until it is known how slow that is. */
function useSlow(q: string | undefined): string | undefined {
  const { range } = useTimeRange();
  const { data } = useQuery({
    queryKey: ['spans-slow', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/spans/aggregate', { params: { query: { ...range, q, aggregates: ['p95(duration)'] } }, signal })),
    placeholderData: keepPreviousData,
  });
  const nanos = data?.rows?.[0]?.values[0];
  return typeof nanos === 'number' ? `duration >= ${durationLiteral(nanos)}` : undefined;
}

function Field({ field, onNarrow }: { field: Schema<'ComparedField'> } & Pick<DifferencesProps, 'onNarrow'>) {
  return (
    <li className={styles.field}>
      <h2 title={field.field}>
        <span>{field.field}</span>
        <meter min={0} max={1} value={field.score} title={`How much it tells them apart: ${formatShare(field.score)}`} aria-label="How much it tells them apart" />
      </h2>
      {field.values.slice(0, valuesShown).map((value) => (
        <button key={value.value} type="button" className={styles.value} onClick={() => onNarrow(field.field, value.value, false)} title={`${value.value}\n${formatShare(value.selectionShare)} of the selected, ${formatShare(value.baselineShare)} of the others`}>
          <span className={styles.text}>{value.value === '' ? '(empty)' : lineText(value.value, 200)}</span>
          <span className={styles.bars} aria-hidden>
            <span className={styles.selectedBar} data-empty={value.selectionCount === 0 || undefined} style={{ width: `${value.selectionShare * 100}%` }} />
            <span className={styles.otherBar} data-empty={value.baselineCount === 0 || undefined} style={{ width: `${value.baselineShare * 100}%` }} />
          </span>
          <span className={styles.share}>{formatShare(value.selectionShare)}</span>
          <span className={styles.shareOther}>{formatShare(value.baselineShare)}</span>
        </button>
      ))}
    </li>
  );
}
